/** config.json of transformers or timm → the family of the model, and the sizes and options of its towers. */
import * as v from 'valibot';
import type { Family } from './families/family.ts';
import { FAMILIES, type ModelConfig } from './families/registry.ts';
import { CONFIG_FILE } from './families/tower-keys.ts';
import { ModelConfigError, validateJson } from './validate-json.ts';
import { FILE_CHECKS } from './words.ts';

const ALL: readonly Family<ModelConfig>[] = Object.values(FAMILIES);

/** Models that are requested often enough to explain why they are not read. */
const REFUSED: ReadonlyMap<string, () => string> = new Map([
  ['clip_text_model', () => FILE_CHECKS.textAlone],
  ['siglip', () => FILE_CHECKS.siglip],
]);

const refused = (what: string): ModelConfigError =>
  new ModelConfigError(FILE_CHECKS.notSupported(CONFIG_FILE, what, FILE_CHECKS.supportedModels));

const Kind = v.object({
  model_type: v.nullish(v.string(), null),
  architecture: v.nullish(v.string(), null),
  architectures: v.nullish(v.array(v.string()), []),
});

/**
 * Reads a parsed config.json, of transformers or timm. Missing keys take the defaults of the transformers classes.
 * @throws ModelConfigError for an unsupported model type or option, or a value that makes no sense.
 */
export function parseModelConfig(json: unknown): ModelConfig {
  const { model_type: named, architecture, architectures } = validateJson(CONFIG_FILE, Kind, json);
  if (named === null && architecture !== null) return FAMILIES.timm.parseConfig(json);
  const family = ALL.find(
    ({ transformers }) =>
      transformers !== null &&
      (named === null
        ? architectures.some((name) => transformers.className.test(name))
        : transformers.modelType === named),
  );
  if (family) return family.parseConfig(json);
  if (named === null) throw refused(FILE_CHECKS.noType);
  throw refused(REFUSED.get(named)?.() ?? FILE_CHECKS.otherType(named));
}
