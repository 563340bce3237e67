import { readFileSync, writeFileSync } from 'node:fs';
import { withSettings } from './readme-settings.js';

const target = new URL('../README.md', import.meta.url);
writeFileSync(target, await withSettings(readFileSync(target, 'utf8')));
console.log(`${target.pathname} has the settings`);
