const grouped = new Intl.NumberFormat('en-US');
const oneDecimal = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** A whole number for people: 12,345. */
export function count(value: number): string {
  return grouped.format(value);
}

/** A figure with one decimal for people: 1,234.5. */
export function decimal(value: number): string {
  return oneDecimal.format(value);
}

/** So many seconds for people: 4.2 s, 3 min 5 s, 2 h 7 min. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${decimal(seconds)} s`;
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return hours > 0 ? `${count(hours)} h ${minutes} min` : `${minutes} min ${whole % 60} s`;
}

/** So many bytes for people: 812 B, 1.5 kB, 3.2 MB. */
export function byteSize(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)} B`;
  if (bytes < 1e6) return `${decimal(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${decimal(bytes / 1e6)} MB` : `${decimal(bytes / 1e9)} GB`;
}
