/** What backbones are, in a sentence each, and why one was not taken. */
import { catalogue } from '../../core/language/catalogue.ts';

export const MODEL_WORDS = catalogue('models', {
  bundled: {
    'emoji-clip-2':
      'A CLIP small enough to train here, pretrained on openly licensed emoji artwork by this project’s own engine.',
    'emoji-clip':
      'The same architecture and artwork in an earlier training: it recognises less, above all in styles it has not seen.',
  },
  curated: {
    smallest: 'The smallest ViT that knows photographs. A trained head takes the place of prompts.',
    vitTiny: 'ViT of 12 layers, trained on ImageNet. A trained head takes the place of prompts.',
    deitTiny: 'The same shape, trained on ImageNet alone. A trained head takes the place of prompts.',
    tinyClip: 'A small real CLIP: classes are prompts, and it has an accuracy before training.',
    dino: 'Trained without labels on many photographs. A trained head takes the place of prompts.',
    largePatches: 'Large patches, so only 50 tokens: much accuracy for its time per step.',
    openai: 'OpenAI’s CLIP. Large for a browser.',
  },
  /** @param other what is being transferred */
  busy: (name: string, other: string) =>
    `${name} was not taken: ${other} is still on its way, and backbones come one after the other. Wait for it or cancel it, then try again.`,
  withText: (family: string) => `${family} with a text tower: classes are prompts.`,
  withoutText: (family: string) => `${family} without a text tower: a trained head takes the place of prompts.`,
});
