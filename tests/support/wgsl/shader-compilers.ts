/** What a WebGPU implementation says of shaders. Runs as it stands here, or, as text, in a page of a browser. */

export interface Source {
  readonly name: string;
  readonly code: string;
}

export interface Verdict {
  /** Sources that need a feature the adapter lacks: not judged. */
  readonly unjudged: readonly string[];
  /** "name: message", errors and warnings. */
  readonly complaints: readonly string[];
}

/** Null where there is no adapter. Self-contained: it is sent to a browser as text. */
export async function judge(sources: readonly Source[]): Promise<Verdict | null> {
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) return null;
  const wanted = {
    f16: 'shader-f16',
    subgroups: 'subgroups',
    subgroup_size_control: 'subgroup-size-control',
  } as const;
  const isOffered = (name: string): name is GPUFeatureName => adapter.features.has(name);
  const features = Object.values<string>(wanted).filter(isOffered);
  const device = await adapter.requestDevice({ requiredFeatures: features });
  const unjudged: string[] = [];
  const complaints: string[] = [];
  for (const { name, code } of sources) {
    const needed = Array.from(
      code.matchAll(/\benable (f16|subgroups|subgroup_size_control);/g),
      ([, word]) => wanted[word as 'f16'],
    );
    if (needed.some((feature) => !features.includes(feature))) {
      unjudged.push(name);
      continue;
    }
    device.pushErrorScope('validation');
    const { messages } = await device.createShaderModule({ code }).getCompilationInfo();
    const refused = await device.popErrorScope();
    for (const { type, lineNum, message } of messages)
      if (type !== 'info') complaints.push(`${name}, line ${lineNum}: ${message}`);
    if (refused && !messages.some(({ type }) => type === 'error')) complaints.push(`${name}: ${refused.message}`);
  }
  device.destroy();
  return { unjudged, complaints };
}
