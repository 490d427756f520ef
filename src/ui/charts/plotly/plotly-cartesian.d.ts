/** The part of plotly.js-cartesian-dist-min that this page uses; the package ships no types. */
declare module 'plotly.js-cartesian-dist-min' {
  export type Trace = Record<string, unknown> & { readonly type: 'scatter' | 'bar' | 'contour' | 'heatmap' };
  export type Layout = Record<string, unknown>;
  export interface Config {
    readonly displayModeBar: boolean;
    readonly responsive: boolean;
    readonly scrollZoom: boolean;
    readonly doubleClick: false | 'reset';
    readonly showTips: boolean;
  }
  export interface Plotly {
    react(host: HTMLElement, data: readonly Trace[], layout: Layout, config: Config): Promise<HTMLElement>;
    purge(host: HTMLElement): void;
  }
  const plotly: Plotly;
  export default plotly;
}
