/** Styles are bundled by esbuild, and have nothing to give to a script. */
declare module '*.css';
