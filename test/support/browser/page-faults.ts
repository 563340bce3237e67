import type { Page } from 'playwright-core';

/**
 * Collects what goes wrong on a page: errors that it logs or does not catch, and what its content
 * policy refuses (which browsers log as errors). Any of it fails the test at the end.
 */
export class PageFaults {
  readonly #faults: string[] = [];
  readonly #expected: RegExp[] = [];

  constructor(page: Page) {
    page.on('pageerror', (error) => this.#faults.push(`not caught: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') {
        this.#faults.push(`${message.text()} (${message.location().url})`);
      }
    });
  }

  /** Says which faults belong to the test: a browser logs every request that fails. */
  expect(...texts: readonly RegExp[]): void {
    this.#expected.push(...texts);
  }

  /** @throws when there was any other */
  expectNone(): void {
    const others = this.#faults.filter((fault) => !this.#expected.some((one) => one.test(fault)));
    if (others.length > 0) throw new Error(`went wrong on the page:\n${others.join('\n')}`);
  }
}
