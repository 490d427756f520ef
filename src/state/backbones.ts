/** Backbones the page offers, with the facts its controls need before any weight is loaded. */

export interface BackboneCard {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly imageSize: number;
  readonly visionLayers: number;
  readonly textLayers: number;
  readonly facts: readonly { readonly term: string; readonly value: string }[];
  /** Model card, relative to the page. */
  readonly modelCard: string;
}

export const BACKBONES: readonly BackboneCard[] = [
  {
    id: 'emoji-clip',
    name: 'Emoji-CLIP',
    summary: 'A CLIP small enough to train here, pretrained on openly licensed emoji artwork.',
    imageSize: 32,
    visionLayers: 12,
    textLayers: 4,
    facts: [
      { term: 'Vision', value: '12 layers × 64, 4 heads' },
      { term: 'Text', value: '4 layers × 64, 4 heads' },
      { term: 'Input', value: '32 × 32 px, 17 tokens' },
      { term: 'Size', value: '1.1 M parameters, 2.2 MB' },
    ],
    modelCard: 'backbones/emoji-clip/README.md',
  },
];

/** The first backbone stands in for an id this version does not know, so that the page stays usable. */
export const backboneOf = (id: string): BackboneCard =>
  BACKBONES.find((backbone) => backbone.id === id) ?? BACKBONES[0];
