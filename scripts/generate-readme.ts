import { readFileSync, writeFileSync } from 'node:fs';
import { withExamples } from './readme-examples.js';
import { withSettings } from './readme-settings.js';

const target = new URL('../README.md', import.meta.url);
writeFileSync(target, await withSettings(withExamples(readFileSync(target, 'utf8'))));
console.log(`${target.pathname} has the settings and the examples`);
