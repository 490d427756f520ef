import { describe, expect, it } from 'vitest';
import type { ArmConfig } from '../study/config.ts';
import { armStyles } from './arm-style.ts';

const arm = (id: string, method: ArmConfig['method']) => ({ id, method });

describe('arm styles', () => {
  it('draw LoRA blue and CopRA orange in any order', () => {
    const styles = armStyles([arm('copra', 'copra'), arm('drop', 'layer-drop'), arm('lora', 'lora')]);
    expect(styles.get('lora')?.token).toBe('--arm-0');
    expect(styles.get('copra')?.token).toBe('--arm-1');
    expect(styles.get('drop')?.token).toBe('--arm-2');
  });

  it('never look alike, in colour or in marker', () => {
    const styles = [...armStyles(Array.from({ length: 8 }, (_, i) => arm(`a-${i}`, 'copra'))).values()];
    expect(new Set(styles.map(({ token }) => token)).size).toBe(8);
    expect(new Set(styles.map(({ marker }) => marker)).size).toBe(8);
  });
});
