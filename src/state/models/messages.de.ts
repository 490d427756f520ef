/** What backbones are, in German. */
import type { MODEL_WORDS } from './messages.ts';

export const models: typeof MODEL_WORDS = {
  bundled: {
    'emoji-clip-2':
      'Ein CLIP, klein genug, um es hier zu trainieren; vortrainiert auf frei lizenzierten Emoji-Bildern mit der Engine dieses Projekts.',
    'emoji-clip':
      'Dieselbe Architektur und dieselben Bilder in einem früheren Training: Es erkennt weniger, vor allem in Stilen, die es nicht gesehen hat.',
  },
  curated: {
    smallest: 'Das kleinste ViT, das Fotos kennt. Ein trainierter Kopf ersetzt die Prompts.',
    vitTiny: 'ViT mit 12 Schichten, auf ImageNet trainiert. Ein trainierter Kopf ersetzt die Prompts.',
    deitTiny: 'Dieselbe Form, nur auf ImageNet trainiert. Ein trainierter Kopf ersetzt die Prompts.',
    tinyClip: 'Ein kleines echtes CLIP: Klassen sind Prompts, und es hat schon vor dem Training eine Genauigkeit.',
    dino: 'Ohne Labels auf vielen Fotos trainiert. Ein trainierter Kopf ersetzt die Prompts.',
    largePatches: 'Große Patches, daher nur 50 Tokens: viel Genauigkeit für seine Zeit je Schritt.',
    openai: 'Das CLIP von OpenAI. Groß für einen Browser.',
  },
  busy: (name, other) =>
    `${name} wurde nicht übernommen: ${other} ist noch unterwegs, und Backbones kommen nacheinander. Warte darauf oder brich es ab und versuch es dann noch einmal.`,
  withText: (family) => `${family} mit Text-Encoder: Klassen sind Prompts.`,
  withoutText: (family) => `${family} ohne Text-Encoder: Ein trainierter Kopf ersetzt die Prompts.`,
};
