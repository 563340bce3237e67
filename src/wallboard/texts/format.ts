import { locale } from './index.js';

/** How figures and times are written; each is made once for a locale, which takes a while. */
const makers = {
  number: (where: string) => new Intl.NumberFormat(where),
  share: (where: string) =>
    new Intl.NumberFormat(where, { style: 'percent', maximumFractionDigits: 0 }),
  clock: (where: string) => new Intl.DateTimeFormat(where, { timeStyle: 'short' }),
  time: (where: string) => new Intl.DateTimeFormat(where, { timeStyle: 'medium' }),
  dateTime: (where: string) =>
    new Intl.DateTimeFormat(where, { dateStyle: 'medium', timeStyle: 'short' }),
};

type Kind = keyof typeof makers;

/** A count or a figure: 1,234. */
export function formatNumber(value: number): string {
  return formatter('number').format(value);
}

/** A share of 1 as per cent without decimals: 87%. */
export function formatShare(share: number): string {
  return formatter('share').format(share);
}

/** Hours and minutes of a time in epoch ms, in the time zone of the browser: 14:05. */
export function formatClock(at: number): string {
  return formatter('clock').format(at);
}

/** Hours, minutes and seconds of a time in epoch ms: 14:05:09. */
export function formatTime(at: number): string {
  return formatter('time').format(at);
}

/** Day and time of a time in epoch ms. */
export function formatDateTime(at: number): string {
  return formatter('dateTime').format(at);
}

/** A time as people say it: today without the day. Both in epoch ms. */
export function formatMoment(at: number, now: number): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return isToday ? formatClock(at) : formatDateTime(at);
}

const SECOND_MS = 1000;

/**
 * A length of time as clocks show it: 0:07, 12:30, 1:02:05, 26:00:00. Less than nothing, which
 * clocks that differ make of a change just now, is 0:00.
 */
export function formatDuration(milliseconds: number): string {
  const { hours, minutes, seconds } = split(milliseconds);
  return hours === 0
    ? `${String(minutes)}:${twoDigits(seconds)}`
    : `${String(hours)}:${twoDigits(minutes)}:${twoDigits(seconds)}`;
}

/** A length of time for machines (`datetime` of a time element): PT1H2M5S. */
export function isoDuration(milliseconds: number): string {
  const { hours, minutes, seconds } = split(milliseconds);
  return `PT${String(hours)}H${String(minutes)}M${String(seconds)}S`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function split(milliseconds: number): { hours: number; minutes: number; seconds: number } {
  const all = Math.max(0, Math.floor(milliseconds / SECOND_MS));
  return { hours: Math.floor(all / 3600), minutes: Math.floor(all / 60) % 60, seconds: all % 60 };
}

interface Formatter {
  format(value: number): string;
}

/** One entry of each kind. */
const formatters = new Map<Kind, { readonly locale: string; readonly formatter: Formatter }>();

function formatter(kind: Kind): Formatter {
  const known = formatters.get(kind);
  if (known?.locale === locale) return known.formatter;
  const made = makers[kind](locale);
  formatters.set(kind, { locale, formatter: made });
  return made;
}
