/** Published sets of CLIP adapters that merging methods are compared on, one adapter for each of the same eight tasks. */

export interface AdapterSet {
  readonly name: string;
  /** owner/name of the backbone they were trained for. */
  readonly baseModel: string;
  readonly paper: { readonly name: string; readonly address: string };
  /** What they change. */
  readonly form: string;
  /** owner/name of every adapter */
  readonly adapters: readonly string[];
}

const TASKS = ['sun397', 'cars', 'resisc45', 'eurosat', 'svhn', 'gtsrb', 'mnist', 'dtd'] as const;

export const ADAPTER_SETS: readonly AdapterSet[] = [
  {
    name: 'KnOTS, ViT-B/32',
    baseModel: 'openai/clip-vit-base-patch32',
    paper: { name: 'arXiv 2410.19735', address: 'https://arxiv.org/abs/2410.19735' },
    form: 'r 16, q k v o',
    adapters: TASKS.map((task) => `hoffman-lab/KnOTS-ViT-B-32_lora_R16_${task === 'cars' ? 'stanford_cars' : task}`),
  },
  {
    name: 'FusionBench, ViT-B/16',
    baseModel: 'openai/clip-vit-base-patch16',
    paper: { name: 'arXiv 2406.03280', address: 'https://arxiv.org/abs/2406.03280' },
    form: 'r 16',
    adapters: TASKS.map((task) => `tanganke/clip-vit-base-patch16_${task === 'cars' ? 'stanford-cars' : task}_lora-16`),
  },
];
