import type { EngineInfo } from '../../../engine/engine.ts';
import { Fact } from '../../controls/Fact.tsx';
import { Fold } from '../../controls/Fold.tsx';
import { bytes, integer } from '../../format.ts';
import css from './about-device.module.css';
import headerCss from '../header.module.css';
import { ABOUT_DEVICE_WORDS } from './messages.ts';
import { otherCardHint } from '../other-card/other-card.ts';
import { PrecisionChooser } from '../precision/PrecisionChooser.tsx';

const FEATURES = ['shader-f16', 'subgroups', 'subgroup-size-control', 'timestamp-query'] as const;

const LIMITS = [
  { id: 'maxBufferSize', format: bytes },
  { id: 'maxStorageBufferBindingSize', format: bytes },
  { id: 'maxStorageBuffersPerShaderStage', format: integer },
  { id: 'maxComputeWorkgroupStorageSize', format: bytes },
  { id: 'maxComputeInvocationsPerWorkgroup', format: integer },
] as const;

/** The precision of weights, where the computing device leaves a choice, and details of it: adapter, features and limits of a GPU, threads of a CPU. */
export function AboutDevice({ engine }: { engine: EngineInfo }) {
  const { gpu, threads } = engine;
  const words = ABOUT_DEVICE_WORDS;
  const hint = gpu && !engine.software && otherCardHint(gpu, navigator.userAgent);
  return (
    <>
      {hint && <p className={headerCss.muted}>{hint}</p>}
      {engine.halves && <PrecisionChooser />}
      <Fold title={words.title} quiet level={4}>
        <dl className={css.facts}>
          {!gpu && <Fact name={words.threads}>{integer(threads)}</Fact>}
          {gpu && (
            <>
              <Fact name={words.adapter}>{gpu.name}</Fact>
              <Fact name={words.vendor}>
                {[gpu.vendor, gpu.architecture].filter(Boolean).join(', ') || words.notTold}
              </Fact>
              {FEATURES.map((id) => (
                <Fact key={id} name={words.features[id]}>
                  {gpu.features.includes(id) ? words.yes : words.no}
                </Fact>
              ))}
              {LIMITS.map(({ id, format }) => (
                <Fact key={id} name={words.limits[id]}>
                  {format(gpu.limits[id])}
                </Fact>
              ))}
            </>
          )}
        </dl>
      </Fold>
    </>
  );
}
