/** Files written here, read by Python, and the other way round. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hasPython, python, sayUnchecked } from '../../../tests/support/python.ts';
import { randomAdapter } from '../../copra/test-layouts.ts';
import { parseSafetensors } from '../safetensors.ts';
import { parsePeftConfig } from './config.ts';
import { readPeft } from './read.ts';
import { baseOf, layoutFor, optionsOf } from './test-peft.ts';
import { writePeft } from './write.ts';

describe('python', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'peft-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  if (!hasPython) sayUnchecked('safetensors files against Python');

  it.skipIf(!hasPython)('reads what is written here', () => {
    const base = baseOf('clip');
    const layout = layoutFor(base);
    const values = randomAdapter(layout, 8);
    const { weights, config } = writePeft({ layout, scale: 1, values }, optionsOf(base));
    writeFileSync(path.join(folder, 'ours.safetensors'), weights);
    writeFileSync(path.join(folder, 'ours.json'), config);
    // Follows the published format alone: length, header, tensors; and PEFT's rule for a pattern.
    const report = python(
      `
import json, re, struct, sys
data = open(sys.argv[1] + '/ours.safetensors', 'rb').read()
(length,) = struct.unpack('<Q', data[:8])
header = json.loads(data[8:8 + length])
assert header.pop('__metadata__') == {'format': 'pt'} and length % 8 == 0
body = data[8 + length:]
config = json.load(open(sys.argv[1] + '/ours.json'))
assert list(config) == sorted(config)
out, end = {}, 0
for name, info in sorted(header.items(), key=lambda item: item[1]['data_offsets']):
    begin, stop = info['data_offsets']
    assert begin == end and info['dtype'] == 'F32'
    end = stop
    module = re.match(r'base_model\\.model\\.(.+)\\.lora_[AB]\\.weight$', name).group(1)
    assert re.fullmatch(config['target_modules'], module), module
    out[name] = [info['shape'], struct.unpack('<%df' % ((stop - begin) // 4), body[begin:stop])]
assert end == len(body)
print(json.dumps(out))`,
      folder,
    );
    const tensors = JSON.parse(report) as Record<string, [number[], number[]]>;
    expect(Object.keys(tensors)).toHaveLength(2 * layout.pairs.length);
    const pair = layout.pairs[4]; // vision, layer 0, fc1
    const at = 'base_model.model.vision_model.encoder.layers.0.mlp.fc1';
    expect(tensors[`${at}.lora_A.weight`]).toEqual([[2, 6], [...values.slice(pair.aOffset, pair.bOffset)]]);
    expect(tensors[`${at}.lora_B.weight`][0]).toEqual([10, 2]);
  });

  it.skipIf(!hasPython)('writes what is read here, in every float type', () => {
    const base = baseOf('vit');
    for (const dtype of ['F32', 'F16', 'BF16'] as const) {
      python(
        `
import json, struct, sys
folder, dtype = sys.argv[1:]
def encode(x):
    if dtype == 'F32': return struct.pack('<f', x)
    if dtype == 'F16': return struct.pack('<e', x)
    return struct.pack('<f', x)[2:]
module = 'base_model.model.vit.layers.1.attention.v_proj'
tensors = {module + '.lora_B.weight': ([6, 2], [i / 4 for i in range(12)]), module + '.lora_A.weight': ([2, 6], [-i for i in range(12)])}
header, body = {}, b''
for name, (shape, values) in tensors.items():
    raw = b''.join(map(encode, values))
    header[name] = {'dtype': dtype, 'shape': shape, 'data_offsets': [len(body), len(body) + len(raw)]}
    body += raw
text = json.dumps(header).encode()
open(folder + '/theirs.safetensors', 'wb').write(struct.pack('<Q', len(text)) + text + body)
json.dump({'peft_type': 'LORA', 'r': 2, 'lora_alpha': 2, 'target_modules': ['v_proj']}, open(folder + '/theirs.json', 'w'))`,
        folder,
        dtype,
      );
      const { layout, values } = readPeft(
        parsePeftConfig(new Uint8Array(readFileSync(path.join(folder, 'theirs.json'))).buffer),
        parseSafetensors(new Uint8Array(readFileSync(path.join(folder, 'theirs.safetensors')))),
        base,
      );
      expect(layout.pairs).toMatchObject([{ layer: 1, projection: 'v' }]);
      expect([...values]).toEqual([
        ...Array.from({ length: 12 }, (_, i) => (i ? -i : 0)),
        ...Array.from({ length: 12 }, (_, i) => i / 4),
      ]);
    }
  });
});
