/** Encodes recorded dispatches. */
import type { Command } from './program.ts';
import type { DispatchTimer } from './timer.ts';

/** @param timer gives every dispatch a pass of its own, which it times; null: one pass for all */
export function encodeCommands(
  encoder: GPUCommandEncoder,
  commands: readonly Command[],
  timer: DispatchTimer | null,
): void {
  if (timer) encodeTimed(encoder, commands, timer);
  else encodeInOnePass(encoder, commands);
}

function encodeInOnePass(encoder: GPUCommandEncoder, commands: readonly Command[]): void {
  const pass = encoder.beginComputePass();
  let current: GPUComputePipeline | null = null;
  for (const { pipeline, group, block, workgroups } of commands) {
    if (pipeline.pipeline !== current) pass.setPipeline((current = pipeline.pipeline));
    pass.setBindGroup(0, group, [block]);
    pass.dispatchWorkgroups(workgroups[0], workgroups[1], workgroups[2]);
  }
  pass.end();
}

function encodeTimed(encoder: GPUCommandEncoder, commands: readonly Command[], timer: DispatchTimer): void {
  for (const command of commands) {
    const { pipeline, group, block, workgroups } = command;
    const pass = encoder.beginComputePass(timer.pass(command));
    pass.setPipeline(pipeline.pipeline);
    pass.setBindGroup(0, group, [block]);
    pass.dispatchWorkgroups(...workgroups);
    pass.end();
  }
  timer.resolve(encoder);
}
