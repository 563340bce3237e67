import { endOfString } from './quote-long-integers.js';

/**
 * Repairs the faults that the vendor's published messages have, and no others: a full-width comma
 * or colon between values, an array that is never closed before the next member (`queue_status`
 * prints `"waiting_list":[ {…}， "agents":[…] ] }`) with its bracket surplus at the end, a comma too
 * many before a bracket, a comma missing before a member. Strings stay as they are.
 * @returns a text that may still be no JSON; nothing is added at its end, so that a cut text stays cut
 */
export function repairJson(text: string): string {
  const repair = new Repair();
  for (const token of tokens(text)) repair.take(token);
  return repair.text();
}

const OPENING: Readonly<Record<string, string>> = { '[': ']', '{': '}' };

/** Rewrites token by token; `#open` holds the brackets that have to close what is open. */
class Repair {
  readonly #done: string[] = [];
  readonly #open: string[] = [];

  take(token: string): void {
    switch (token) {
      case '[':
      case '{':
        this.#startValue(token);
        this.#open.push(OPENING[token] ?? '');
        break;
      case ']':
      case '}':
        this.#close(token);
        break;
      case ':':
        this.#startMember();
        break;
      case ',':
        this.#done.push(token);
        break;
      default:
        this.#startValue(token);
    }
  }

  text(): string {
    // With blanks, so that two literals without a comma between them do not become one.
    return this.#done.join(' ');
  }

  #startValue(token: string): void {
    if (this.#open.at(-1) === '}' && endsValue(this.#done.at(-1))) this.#done.push(',');
    this.#done.push(token);
  }

  /** A colon in an array shows that the array ended before the name in front of the colon. */
  #startMember(): void {
    const enclosing = this.#open.lastIndexOf('}');
    const unclosed = enclosing < 0 ? 0 : this.#open.length - 1 - enclosing;
    if (unclosed > 0) {
      const name = this.#done.pop() ?? '';
      if (this.#done.at(-1) === ',') this.#done.pop();
      this.#open.splice(-unclosed);
      this.#done.push(...Array.from({ length: unclosed }, () => ']'), ',', name);
    }
    this.#done.push(':');
  }

  #close(bracket: string): void {
    if (this.#done.at(-1) === ',') this.#done.pop();
    if (this.#open.at(-1) === bracket) {
      this.#open.pop();
      this.#done.push(bracket);
    } else if (bracket === '}' && this.#open.at(-2) === '}') {
      this.#open.splice(-2);
      this.#done.push(']', '}');
    }
    // Else it is the bracket of an array that a member has closed already.
  }
}

function endsValue(token: string | undefined): boolean {
  return token !== undefined && !['[', '{', ',', ':'].includes(token);
}

const FULL_WIDTH: Readonly<Record<string, string>> = { '，': ',', '：': ':' };
const PUNCTUATION = '[]{},:';

/** Brackets, commas and colons one by one, strings and other literals whole, blanks left out. */
function* tokens(text: string): Generator<string> {
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    const punctuation = FULL_WIDTH[char] ?? char;
    let end = at + 1;
    if (PUNCTUATION.includes(punctuation)) yield punctuation;
    else if (char.trim() !== '') {
      end = char === '"' ? endOfString(text, at) : endOfLiteral(text, at);
      yield text.slice(at, end);
    }
    at = end;
  }
}

function endOfLiteral(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && !endsLiteral(text.charAt(at))) at += 1;
  return at;
}

function endsLiteral(char: string): boolean {
  return char === '"' || char in FULL_WIDTH || PUNCTUATION.includes(char) || char.trim() === '';
}
