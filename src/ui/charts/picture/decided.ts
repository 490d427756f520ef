/** The layout of a figure with the ranges and ticks of its picture spelled out, so that Plotly draws over the picture without a jump. */
import type { Layout } from '../plotly.ts';
import type { Scales } from './scales.ts';

export function decidedLayout(layout: Layout, scales: Scales): Layout {
  const axes = [...scales].map(([name, { range, step }]) => {
    const key = `${name[0]}axis${name.slice(1)}`;
    const ticks = step === null ? {} : { tick0: 0, dtick: step };
    return [
      key,
      { ...(layout[key] as Layout), autorange: false, range, ...ticks, tickangle: 0, exponentformat: 'none' },
    ];
  });
  return { ...layout, ...(Object.fromEntries(axes) as Layout) };
}
