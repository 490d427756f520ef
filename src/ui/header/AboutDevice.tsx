import type { EngineInfo } from '../../engine/engine.ts';
import { Fact } from '../controls/Fact.tsx';
import { Fold } from '../controls/Fold.tsx';
import { bytes, integer } from '../format.ts';
import css from './about-device.module.css';

const FEATURES: readonly { readonly id: string; readonly name: string }[] = [
  { id: 'shader-f16', name: 'half precision in shaders' },
  { id: 'subgroups', name: 'subgroups' },
  { id: 'timestamp-query', name: 'timestamps' },
];

const LIMITS: readonly { readonly id: string; readonly name: string; readonly format: (value: number) => string }[] = [
  { id: 'maxBufferSize', name: 'Largest buffer', format: bytes },
  { id: 'maxStorageBufferBindingSize', name: 'Largest tensor', format: bytes },
  { id: 'maxStorageBuffersPerShaderStage', name: 'Buffers per kernel', format: integer },
  { id: 'maxComputeWorkgroupStorageSize', name: 'Workgroup memory', format: bytes },
  { id: 'maxComputeInvocationsPerWorkgroup', name: 'Threads per workgroup', format: integer },
];

/** Details of the computing device: adapter, features and limits of a GPU, threads of a CPU. */
export function AboutDevice({ engine }: { engine: EngineInfo }) {
  const { gpu, threads } = engine;
  return (
    <Fold title="About this device" quiet level={4}>
      <dl className={css.facts}>
        {!gpu && <Fact name="Threads">{integer(threads)}</Fact>}
        {gpu && (
          <>
            <Fact name="Adapter">{gpu.name}</Fact>
            <Fact name="Vendor, architecture">
              {[gpu.vendor, gpu.architecture].filter(Boolean).join(', ') || 'not told'}
            </Fact>
            {FEATURES.map(({ id, name }) => (
              <Fact key={id} name={`Has ${name}`}>
                {gpu.features.includes(id) ? 'yes' : 'no'}
              </Fact>
            ))}
            {LIMITS.map(({ id, name, format }) => (
              <Fact key={id} name={name}>
                {format(gpu.limits[id])}
              </Fact>
            ))}
          </>
        )}
      </dl>
    </Fold>
  );
}
