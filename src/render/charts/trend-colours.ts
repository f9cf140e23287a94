/** The colours of a chart and of the page around it, by what they stand for. */
interface Colours {
  readonly ground: string;
  readonly text: string;
  readonly muted: string;
  readonly rule: string;
  readonly band: string;
  readonly line: string;
  readonly worse: string;
  readonly better: string;
}

/** Each text has a contrast of at least 4.5 to the ground and to the band. */
const light: Colours = {
  ...{ ground: '#ffffff', text: '#1f2328', muted: '#59636e', rule: '#d1d9e0', band: '#eef1f4' },
  ...{ line: '#0969da', worse: '#cf222e', better: '#1a7f37' },
};

const dark: Colours = {
  ...{ ground: '#0d1117', text: '#f0f6fc', muted: '#9198a1', rule: '#3d444d', band: '#1b2129' },
  ...{ line: '#58a6ff', worse: '#ff7b72', better: '#3fb950' },
};

/** The colours as custom properties of the element that the selector names, light or dark as the reader has it. */
export function colourStyle(selector: string): string {
  return `${selector}{color-scheme:light dark;${properties(light)}}@media (prefers-color-scheme:dark){${selector}{${properties(dark)}}}`;
}

function properties(colours: Colours): string {
  return Object.entries(colours)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');
}
