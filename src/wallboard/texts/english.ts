import { admin } from './english/admin.js';
import { board } from './english/board.js';
import { me } from './english/me.js';
import { parts } from './english/parts.js';
import { shell } from './english/shell.js';

/** All texts of the wallboard in English, by where they stand. The other languages have its shape. */
export const english = { shell, parts, board, me, admin };
