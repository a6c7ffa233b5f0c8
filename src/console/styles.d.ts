// Lets a module of the console import its style sheet and its letters; Vite puts them into files of their own.
declare module '*.css';
declare module '*.woff2' {
  const url: string;
  export default url;
}
