/** The card of an adapter that the Python export writes, in CPython alone: in the place of PEFT's blank one, with the head of the page's. */
import { describe, expect, it } from 'vitest';
import { hasPython, pythonLaw, sayUnchecked } from '../../../tests/support/python.ts';
import { defaultArm } from '../../study/config/default-arm.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import { cardHead } from '../adapter/card-head.ts';
import { pythonLiteral } from './literal.ts';
import { pythonScript } from './script.ts';

if (!hasPython) sayUnchecked('the cards of adapters that the Python export writes');

const [{ config: preset }] = PRESETS;
const HUB = 'openai/clip-vit-base-patch32@fb06627000000000000000000000000000000000';
const arms = [
  defaultArm('lora', 'lora', 'LoRA'),
  { ...defaultArm('copra', 'copra', 'CopRA *new*'), dora: true, rank: 8, alpha: 16 },
];
const config = {
  ...preset,
  backbone: HUB,
  arms,
  shots: 8,
  draw: 2,
  training: { ...preset.training, steps: 101, batchSize: 32 },
};
const task = { name: 'my fruit', classes: ['apple', 'ice_cream'] };

/** @param facts as of copra.json */
function cardOf(backbone: string, arm: number, kind: string, facts: object = {}): string {
  const script = pythonScript({ ...config, backbone }, task);
  const part = (name: string) => new RegExp(String.raw`^def ${name}\([\s\S]*?(?=\n\n\n)`, 'm').exec(script)?.[0] ?? '';
  const functions = ['nearest', 'markdown', 'probabilities_text', 'loading', 'card_of'].map(part);
  const origin = {
    seed: 3,
    shots: config.shots,
    draw: config.draw,
    training: config.training,
    test_accuracy: 0.4321,
    test_images: 400,
    ...facts,
  };
  const call = `ORIGIN = "copra.json"\nprint(json.dumps(card_of(ARMS[${arm}], json.loads(${pythonLiteral(JSON.stringify(origin))}), "${kind}", [0.5, 1.0])))`;
  return pythonLaw(script, [...functions, call].join('\n\n')) as string;
}

describe.skipIf(!hasPython)('the card that the Python script writes', () => {
  it('says what the adapter is, of which task, how it was trained and how accurate it is', () => {
    const card = cardOf(HUB, 1, 'clip', { backbone_weights: [{ file: 'model.safetensors', sha256: 'ab12' }] });
    const head = cardHead({
      hasPrompts: true,
      hasClassifier: false,
      dora: true,
      baseModel: 'openai/clip-vit-base-patch32',
    });
    expect(card.startsWith(`${head.join('\n')}\n`)).toBe(true);
    for (const told of [
      '# CopRA \\*new\\*, seed 3',
      "CLIPModel.from_pretrained('openai/clip-vit-base-patch32', revision='fb06627000000000000000000000000000000000')",
      'Trained with CopRA \\*new\\* (`copra`), seed 3: 101 steps of 32 images, AdamW, cosine schedule, on my fruit, 2 classes (apple, ice\\_cream). 8 images of every class are trained on (draw 2).',
      'rank 8, scale 2,',
      'by layer: the mean probability p is 0 % in step 1, 33 % in step 26, 66 % in step 51, 99 % in step 76, 100 % in step 101.',
      'Test accuracy 43.21 % on 400 images.',
      'model.safetensors `ab12`',
    ])
      expect(card).toContain(told);
    expect(card).not.toMatch(/More Information Needed|classifier/);
  });

  it('says of a backbone in a folder where that is, and of a classifier its classes', () => {
    const card = cardOf('emoji-clip', 0, 'vit', { shots: null });
    const head = cardHead({ hasPrompts: false, hasClassifier: true, dora: false, baseModel: null });
    expect(card.startsWith(`${head.join('\n')}\n`)).toBe(true);
    for (const told of [
      'The backbone is a folder, which no hub has: public/backbones/emoji-clip in the repository',
      'model.classifier = nn.Linear(model.config.hidden_size, 2)  # applied to last_hidden_state[:, 0]',
      'All adapters are on in every step.',
      'Its classifier tells apart, in this order: apple, ice\\_cream.',
    ])
      expect(card).toContain(told);
    expect(card).not.toContain('(draw');
  });
});
