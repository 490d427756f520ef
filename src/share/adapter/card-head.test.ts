import { expect, it } from 'vitest';
import { cardHead, withHeadOf } from './card-head.ts';

const facts = { hasPrompts: true, hasClassifier: false, dora: false, baseModel: 'openai/clip' } as const;
const cardOf = (change: Partial<Parameters<typeof cardHead>[0]> = {}) =>
  [...cardHead({ ...facts, ...change }), '', '# New', ''].join('\n');

it('names the backbone where a hub has it, the library and the task', () => {
  expect(cardOf()).toBe(
    '---\nlibrary_name: peft\nbase_model: "openai/clip"\npipeline_tag: zero-shot-image-classification\ntags:\n- lora\n- copra-playground\n---\n\n# New\n',
  );
  const vit = cardOf({ hasPrompts: false, hasClassifier: true, dora: true, baseModel: null });
  expect(vit).toContain('pipeline_tag: image-classification\ntags:\n- dora\n');
  expect(vit).not.toContain('base_model');
  expect(cardOf({ baseModel: 'a"\n---\nlicense: mit' })).toContain('base_model: "a\\" --- license: mit"\n');
});

it('keeps what the head of the card before says, and its licence', () => {
  const before =
    '---\nlicense: apache-2.0\nbase_model:\n- someone/other\ntags:\n- mine\n# a remark\ndescription: |\n  Text: of lines\n---\n# Old\n';
  expect(withHeadOf(cardOf(), before)).toBe(
    '---\nlicense: apache-2.0\nbase_model: "openai/clip"\ntags:\n- mine\n# a remark\ndescription: |\n  Text: of lines\nlibrary_name: peft\npipeline_tag: zero-shot-image-classification\n---\n\n# New\n',
  );
});

it('keeps nothing of what the files decide', () => {
  const before = cardOf().replace('---\n', '---\nlicense: mit\n').replace('- copra', '- my-lora\n- "lora"\n- copra');
  const bundled = withHeadOf(cardOf({ dora: true, baseModel: null }), before);
  expect(bundled).toBe(
    '---\nlicense: mit\nlibrary_name: peft\npipeline_tag: zero-shot-image-classification\ntags:\n- dora\n- my-lora\n- "dora"\n- copra-playground\n---\n\n# New\n',
  );
  const classified = withHeadOf(cardOf({ hasPrompts: false, hasClassifier: true }), bundled);
  for (const line of ['base_model: "openai/clip"', 'pipeline_tag: image-classification', '- lora'])
    expect(classified.split('\n')).toContain(line);
  expect(withHeadOf(cardOf({ hasPrompts: false }), bundled)).not.toContain('pipeline_tag');
  const inBrackets = '---\nlibrary_name: transformers\ntags: [lora, "mine", dora-like]\n---\n';
  const card = withHeadOf(cardOf({ dora: true }), inBrackets);
  expect(card).toContain('library_name: peft\ntags: [dora, "mine", dora-like]\n');
});

it('of a card from Windows, and of none', () => {
  expect(withHeadOf(cardOf(), '\uFEFF---\r\nlicense: mit\r\n---\r\n# Old')).toContain(
    '---\nlicense: mit\nlibrary_name',
  );
  for (const before of ['', '# Old', 'text\n---\nlicense: mit\n---\n', '---\nlicense: mit\n'])
    expect(withHeadOf(cardOf(), before)).toBe(cardOf());
});
