/** Whom the reserved words of a pattern stand for. */
export interface Bearer {
  /** Id of the user whom `me` means. */
  readonly me: string;
  /** Id of the session that `my_session` means; the word alone without one. */
  readonly session?: string | undefined;
}

/**
 * A piece of a pattern: one of some texts, a run of characters within one word, or anything. Both
 * of the latter may be empty.
 */
type Piece =
  | { readonly kind: 'text'; readonly options: readonly string[] }
  | { readonly kind: 'within-word' }
  | { readonly kind: 'anything' };

const WILDCARDS: Readonly<Record<string, Piece>> = {
  '*': { kind: 'within-word' },
  '#': { kind: 'anything' },
};

/**
 * One entry of a Wazo access control list, without its `!` (shared/wazo/bus.md, 1.4): words between
 * dots; `*` stands for characters within one word, `#` for anything, `me` and `my_session` for the
 * bearer's ids or themselves, `edit` also for `update`, its newer name. Everything else stands for
 * itself, letter case included. Takes time in proportion to the lengths, whatever the pattern: it
 * comes from outside, and a regular expression of it could take for ever (CWE-1333).
 */
export class AccessPattern {
  readonly #pieces: readonly Piece[];

  constructor(text: string, bearer: Bearer) {
    this.#pieces = piecesOf(text, reservedWords(bearer));
  }

  /** Whether the pattern is for this access, whole. */
  matches(access: string): boolean {
    let ends: ReadonlySet<number> = new Set([0]);
    for (const piece of this.#pieces) ends = endsAfter(piece, access, ends);
    return ends.has(access.length);
  }

  /** Whether the pattern is for any access that begins with `prefix` and goes on. */
  reachesBelow(prefix: string): boolean {
    let ends: ReadonlySet<number> = new Set([0]);
    for (const piece of this.#pieces) {
      if (ends.has(prefix.length) || goesBeyond(piece, prefix, ends)) return true;
      ends = endsAfter(piece, prefix, ends);
    }
    return false;
  }
}

function reservedWords({ me, session }: Bearer): ReadonlyMap<string, readonly string[]> {
  return new Map([
    ['me', ['me', me]],
    ['my_session', session === undefined ? ['my_session'] : ['my_session', session]],
    ['edit', ['edit', 'update']],
  ]);
}

function piecesOf(text: string, reserved: ReadonlyMap<string, readonly string[]>): Piece[] {
  return text.split('.').flatMap((word, index) => {
    const dot: readonly Piece[] = index === 0 ? [] : [{ kind: 'text', options: ['.'] }];
    const options = reserved.get(word);
    if (options !== undefined) return [...dot, { kind: 'text', options }];
    return [...dot, ...piecesOfWord(word)];
  });
}

function piecesOfWord(word: string): Piece[] {
  return word
    .split(/([*#])/u)
    .filter((part) => part !== '')
    .map((part) => WILDCARDS[part] ?? { kind: 'text', options: [part] });
}

/** Where the piece can end in `text` when it begins at one of `starts`. */
function endsAfter(piece: Piece, text: string, starts: ReadonlySet<number>): Set<number> {
  const ends = new Set<number>();
  for (const start of starts) {
    switch (piece.kind) {
      case 'text':
        for (const option of piece.options) {
          if (text.startsWith(option, start)) ends.add(start + option.length);
        }
        break;
      case 'within-word':
        addRange(ends, start, endOfWord(text, start));
        break;
      case 'anything':
        addRange(ends, start, text.length);
        break;
    }
  }
  return ends;
}

/** Whether the piece, begun at one of `starts`, can go on after the end of `prefix`. */
function goesBeyond(piece: Piece, prefix: string, starts: ReadonlySet<number>): boolean {
  switch (piece.kind) {
    case 'text':
      return [...starts].some((start) =>
        piece.options.some((option) => option.startsWith(prefix.slice(start))),
      );
    case 'within-word':
      return [...starts].some((start) => endOfWord(prefix, start) === prefix.length);
    case 'anything':
      return starts.size > 0;
  }
}

/** Wazo lets `*` stop at a `#` too, so that a pattern is not for a wider one. */
function endOfWord(text: string, start: number): number {
  const length = text.slice(start).search(/[.#]/u);
  return length === -1 ? text.length : start + length;
}

/** A start that is in there already has had the same range, or a longer one, added. */
function addRange(ends: Set<number>, from: number, to: number): void {
  if (ends.has(from) && ends.has(to)) return;
  for (let end = from; end <= to; end += 1) ends.add(end);
}
