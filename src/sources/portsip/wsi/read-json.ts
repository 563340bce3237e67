import { quoteLongIntegers } from './quote-long-integers.js';
import { repairJson } from './repair-json.js';

/**
 * Reads a text that a PortSIP PBX sent: integers of 16 digits and more become strings, and the
 * faults that {@link repairJson} knows are mended when the text is no JSON otherwise.
 * @throws SyntaxError when it is no JSON even then
 */
export function readJson(text: string): unknown {
  const exact = quoteLongIntegers(text);
  try {
    return JSON.parse(exact);
  } catch (cause) {
    return parseRepaired(exact, cause);
  }
}

function parseRepaired(text: string, cause: unknown): unknown {
  try {
    return JSON.parse(repairJson(text));
  } catch {
    // The fault of the text as it came says more than that of the repaired one.
    throw cause;
  }
}
