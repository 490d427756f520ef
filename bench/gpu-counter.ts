/**
 * Counts the WebGPU calls of any framework in this process by wrapping the methods of the WebGPU interfaces. The measure is the same for all
 * frameworks and needs no cooperation.
 */

export interface GpuCounts {
  dispatches: number;
  /** Uploads from host memory to a buffer: queue.writeBuffer, and buffers created mapped. Includes uniform buffers. */
  uploads: number;
  /** The part of `uploads` to uniform buffers. */
  uniformWrites: number;
  uploadedBytes: number;
  submits: number;
  /** Copies between buffers. */
  copies: number;
  /** Buffers mapped to be read: the host waits for the GPU. */
  maps: number;
  buffersCreated: number;
  /** Bytes of all buffers bound to a dispatch, summed over dispatches: every operand counts once. */
  boundBytes: number;
}

export interface GpuCounter {
  /** Counts since the last call. */
  take(): GpuCounts;
  /** Bytes of all live buffers. */
  readonly liveBytes: number;
  /** Peak live bytes since the last call. */
  takePeakBytes(): number;
}

const zero = (): GpuCounts => ({
  dispatches: 0,
  uploads: 0,
  uniformWrites: 0,
  uploadedBytes: 0,
  submits: 0,
  copies: 0,
  maps: 0,
  buffersCreated: 0,
  boundBytes: 0,
});

type Method = (this: object, ...args: never[]) => unknown;

/** Calls `after` after a prototype method, with the receiver, the arguments and the result. */
function observe<K extends string>(
  prototype: Record<K, unknown>,
  name: K,
  after: (receiver: object, args: readonly unknown[], result: unknown) => void,
): void {
  const original = prototype[name] as Method;
  prototype[name] = function (this: object, ...args: never[]): unknown {
    const result = Reflect.apply<object, never[], unknown>(original, this, args);
    after(this, args, result);
    return result;
  };
}

function bindingBytes({ resource }: GPUBindGroupEntry): number {
  if (resource instanceof GPUBuffer) return resource.size;
  if (!('buffer' in resource)) return 0;
  const { buffer, offset = 0, size = buffer.size - offset } = resource;
  return size;
}

/** Installs the counter permanently. Call it once WebGPU's interfaces are global, before the devices to be watched allocate memory. */
export function installGpuCounter(): GpuCounter {
  let counts = zero();
  let live = 0;
  let peak = 0;
  const alive = new WeakSet<object>();
  const bytesOfGroup = new WeakMap<object, number>();
  const boundToPass = new WeakMap<object, number[]>();
  const upload = (buffer: GPUBuffer, bytes: number) => {
    counts.uploads++;
    counts.uploadedBytes += bytes;
    if (buffer.usage & GPUBufferUsage.UNIFORM) counts.uniformWrites++;
  };
  const dispatch = (pass: object) => {
    counts.dispatches++;
    for (const bytes of boundToPass.get(pass) ?? []) counts.boundBytes += bytes;
  };

  observe(GPUDevice.prototype, 'createBuffer', (_, [descriptor], result) => {
    const buffer = result as GPUBuffer;
    counts.buffersCreated++;
    alive.add(buffer);
    live += buffer.size;
    peak = Math.max(peak, live);
    if ((descriptor as GPUBufferDescriptor).mappedAtCreation) upload(buffer, buffer.size);
  });
  observe(GPUBuffer.prototype, 'destroy', (receiver) => {
    if (alive.delete(receiver)) live -= (receiver as GPUBuffer).size;
  });
  observe(GPUQueue.prototype, 'writeBuffer', (_, [target, , data, start, length]) => {
    const source = data as ArrayBuffer | ArrayBufferView;
    const unit = 'BYTES_PER_ELEMENT' in source ? (source.BYTES_PER_ELEMENT as number) : 1;
    const bytes =
      typeof length === 'number' ? length * unit : source.byteLength - (typeof start === 'number' ? start * unit : 0);
    upload(target as GPUBuffer, bytes);
  });
  observe(GPUQueue.prototype, 'submit', () => {
    counts.submits++;
  });
  observe(GPUCommandEncoder.prototype, 'copyBufferToBuffer', () => {
    counts.copies++;
  });
  observe(GPUBuffer.prototype, 'mapAsync', () => {
    counts.maps++;
  });
  observe(GPUDevice.prototype, 'createBindGroup', (_, [descriptor], result) => {
    const entries = [...(descriptor as GPUBindGroupDescriptor).entries];
    bytesOfGroup.set(
      result as object,
      entries.reduce((sum, entry) => sum + bindingBytes(entry), 0),
    );
  });
  observe(GPUComputePassEncoder.prototype, 'setBindGroup', (pass, [index, group]) => {
    const bound = boundToPass.get(pass) ?? [];
    bound[index as number] = group ? (bytesOfGroup.get(group) ?? 0) : 0;
    boundToPass.set(pass, bound);
  });
  observe(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', dispatch);
  observe(GPUComputePassEncoder.prototype, 'dispatchWorkgroupsIndirect', dispatch);

  return {
    take() {
      const taken = counts;
      counts = zero();
      return taken;
    },
    get liveBytes() {
      return live;
    },
    takePeakBytes() {
      const taken = peak;
      peak = live;
      return taken;
    },
  };
}
