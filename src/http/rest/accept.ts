/**
 * Tells whether who sent the Accept header takes the media type (RFC 9110, section 12.5.1): the
 * most specific range that fits decides. Parameters but `q` are not looked at.
 * @param header undefined takes anything
 */
export function accepts(header: string | undefined, mediaType: string): boolean {
  if (header === undefined || header.trim() === '') return true;
  const [type = ''] = mediaType.split('/');
  const ranges = new Map(header.toLowerCase().split(',').map(readRange));
  const quality = ranges.get(mediaType) ?? ranges.get(`${type}/*`) ?? ranges.get('*/*');
  return quality !== undefined && quality > 0;
}

/** A range and its quality; one that cannot be read counts as wanted. */
function readRange(text: string): [string, number] {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice('q='.length);
  const quality = weight === undefined ? 1 : Number(weight);
  return [range, Number.isNaN(quality) ? 1 : quality];
}
