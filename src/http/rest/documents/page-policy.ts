import { createHash } from 'node:crypto';

/** The only style of the page; its hash is in the policy, so that no other one is taken. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; }
h2 { margin-top: 2.5rem; }
summary { cursor: pointer; padding: 0.25rem 0; }
code { font: 0.9em ui-monospace, monospace; }
table { border-collapse: collapse; margin: 0.5rem 0 1rem; width: 100%; }
th, td { border-bottom: 1px solid; padding: 0.25rem 0.75rem 0.25rem 0; text-align: left; vertical-align: top; }
details > :not(summary) { margin-left: 1rem; }
.method { display: inline-block; font-weight: bold; min-width: 4.5rem; }
`;

const styleHash = createHash('sha256').update(PAGE_STYLE).digest('base64');

/** Nothing but the page itself and its style is loaded, run, framed or sent anywhere. */
export const PAGE_HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;
