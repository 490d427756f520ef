/** How an arm looks everywhere: colour, dash and marker together, so that no reader depends on colour alone. */
import type { ArmConfig } from '../study/config.ts';

export interface ArmStyle {
  /** CSS custom property of tokens.css. */
  readonly token: `--arm-${number}`;
  readonly dash: 'solid' | 'dash' | 'dot' | 'dashdot' | 'longdash';
  readonly marker: 'circle' | 'square' | 'diamond' | 'triangle-up' | 'cross' | 'x' | 'star' | 'pentagon';
}

const STYLES: readonly ArmStyle[] = [
  { token: '--arm-0', dash: 'solid', marker: 'circle' },
  { token: '--arm-1', dash: 'dash', marker: 'square' },
  { token: '--arm-2', dash: 'dot', marker: 'diamond' },
  { token: '--arm-3', dash: 'dashdot', marker: 'triangle-up' },
  { token: '--arm-4', dash: 'longdash', marker: 'cross' },
  { token: '--arm-5', dash: 'solid', marker: 'x' },
  { token: '--arm-6', dash: 'dash', marker: 'star' },
  { token: '--arm-7', dash: 'dot', marker: 'pentagon' },
];

const PREFERRED: Partial<Record<ArmConfig['method'], number>> = { lora: 0, copra: 1 };

/** The first LoRA arm is blue and the first CopRA arm orange; every other arm takes the next free style in order. */
export function armStyles(arms: readonly Pick<ArmConfig, 'id' | 'method'>[]): ReadonlyMap<string, ArmStyle> {
  const taken = new Set<number>();
  const chosen = new Map<string, number>();
  for (const arm of arms) {
    const wish = PREFERRED[arm.method];
    if (wish === undefined || taken.has(wish)) continue;
    taken.add(wish);
    chosen.set(arm.id, wish);
  }
  for (const arm of arms) {
    if (chosen.has(arm.id)) continue;
    const order = [2, 3, 4, 5, 6, 7, 0, 1];
    const free = order.find((index) => !taken.has(index)) ?? 7;
    taken.add(free);
    chosen.set(arm.id, free);
  }
  return new Map([...chosen].map(([id, index]) => [id, STYLES[index]]));
}
