import { writeFileSync } from 'node:fs';
import { envExample } from '../src/config/index.js';

const target = new URL('../.env.example', import.meta.url);
writeFileSync(target, envExample());
console.log(`${target.pathname} is written`);
