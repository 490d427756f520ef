/** Of which studies there is a script. */
import { describe, expect, it } from 'vitest';
import { pythonScript, whyNoPython } from './script.ts';
import { config, preset, task } from './test-script.ts';

describe('the Python script', () => {
  it('is not offered for a backbone of timm, by its family or by the name of its repository', () => {
    const of = (backbone: string, family: string | null) => whyNoPython({ backbone }, family);
    expect(of('timm/vit_tiny_patch16_224.augreg_in21k@fb06', null)).toMatch(/^Python cannot train timm\/vit_tiny/);
    expect(of('me/copy@fb06', 'timm ViT')).toContain('q, k and v in one map');
    expect(of('me/copy@fb06', null)).toBeNull();
    expect(of('timm/in-the-form-of-transformers@fb06', 'ViT')).toBeNull();
    expect(of('emoji-clip-2', 'CLIP')).toBeNull();
    // Of others that are of timm, the script itself says so, before it trains.
    expect(pythonScript(config, task)).toContain('config.model_type == "timm_wrapper"');
  });

  it('is not offered for settings of a later version, which it would train without some of them', () => {
    expect(whyNoPython({ backbone: 'emoji-clip-2', incomplete: true }, 'CLIP')).toMatch(/newer version/i);
  });

  it('has no class names to offer before a task was loaded, and says where they go', () => {
    expect(pythonScript(preset, null)).toContain('"first class"');
  });
});
