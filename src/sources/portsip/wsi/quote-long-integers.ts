/** From here on an integer may be greater than 2^53 - 1, which a JavaScript number cannot hold exactly. */
const UNSAFE_DIGITS = 16;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Puts quotes around the integers of a JSON text that a JavaScript number would round: PortSIP's ids
 * have 18 digits, and some versions send them as numbers. Node 20's `JSON.parse` does not give a
 * reviver the source text, so this happens before. What stands in strings stays as it is, as do
 * fractions and powers. Takes any text, in one pass; a text that is no JSON stays none.
 */
export function quoteLongIntegers(json: string): string {
  const parts: string[] = [];
  let copied = 0;
  let at = 0;
  while (at < json.length) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(json, at);
    } else if (startsNumber(code)) {
      const end = endOfNumber(json, at);
      if (isLongInteger(json, at, end)) {
        parts.push(json.slice(copied, at), '"', json.slice(at, end), '"');
        copied = end;
      }
      at = end;
    } else {
      at += 1;
    }
  }
  return copied === 0 ? json : parts.join('') + json.slice(copied);
}

/**
 * The index after the string literal that begins at `start`; the text's length when it has no end.
 * Also used to repair texts.
 */
export function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    at += code === BACKSLASH ? 2 : 1;
  }
  return text.length;
}

function startsNumber(code: number): boolean {
  return isDigit(code) || code === 0x2d;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Digits, signs, point and exponent: all that a number literal can have. */
function endOfNumber(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && isNumberPart(text.charCodeAt(at))) at += 1;
  return at;
}

function isNumberPart(code: number): boolean {
  const isSignOrPoint = code === 0x2b || code === 0x2d || code === 0x2e;
  const isExponent = code === 0x45 || code === 0x65;
  return isDigit(code) || isSignOrPoint || isExponent;
}

function isLongInteger(text: string, start: number, end: number): boolean {
  const firstDigit = text.charCodeAt(start) === 0x2d ? start + 1 : start;
  if (end - firstDigit < UNSAFE_DIGITS) return false;
  for (let at = firstDigit; at < end; at += 1) {
    if (!isDigit(text.charCodeAt(at))) return false;
  }
  return true;
}
