/** What the methods do, one paragraph each. Their names are names. */
import { catalogue } from '../../core/language/catalogue.ts';

export const METHOD_WORDS = catalogue('methods', {
  lora: 'Low-rank adaptation, the baseline: the pretrained weights stay frozen, and every adapted matrix learns a small update B·A. All layers are trained in every step.',
  copra:
    'Progressive LoRA: in every step each layer’s adapter is active with a probability that rises from p0 to 1 over the first part of training; an inactive layer falls back to its frozen weights and does not learn in that step. The layers must therefore do useful work in many combinations, as players of a cooperative game. The last part of training is plain LoRA.',
  layerDrop:
    'Random layer dropping without a ramp: each layer’s adapter is active with the same probability from the first step to the last. It separates what dropping does from what CopRA’s progression adds. Nothing is scaled by that probability at test time, so with everything on more layers add up than in nearly every step of training.',
  stochasticDepth:
    'Layers of the adapter are dropped with a probability that grows with depth and stays the same from the first step to the last: of L layers, the l-th is active with probability 1 − (l/L)·(1 − p), p being that of the last (the linear rule of Huang et al., 2016, applied to adapters; how CoTo’s authors set theirs up is not published). Unlike there, layers are not scaled by their probability at test time.',
  loraDropout:
    'LoRA whose down-projection A sees inputs of which a random share is zeroed: the usual way to regularise an adapter. Every layer is trained in every step.',
  progressiveDropout:
    'CopRA’s progression applied to single inputs instead of layers: the share of the inputs of A that is zeroed falls from a high start to its final value over the first part of training. It separates what progression does from what dropping whole layers does. CoTo compares final shares of 0 and 0.25; the start of 0.9 is this project’s choice.',
});
