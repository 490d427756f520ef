/**
 * Golden vectors with every kernel that this adapter can run: in the usual forms, under the limits of other cards, and in every form of every family. A pass
 * is a training that is known step by step and, for large heads and wide layers, the test at the shapes of ViT-B/32 against float64.
 */
import { checkGoldenFolder } from '../../../tests/support/golden/check-folder.ts';
import { passes } from '../../../tests/support/golden/compare.ts';
import { PROFILES, withProfile } from '../../../tests/support/gpu-profiles.ts';
import { vitB32Problem } from '../../../bench/step-problem.ts';
import { errorText } from '../../../src/core/error-text.ts';
import { evaluationBudget } from '../../../src/engine/budget.ts';
import { requestGpu, type RequestedDevice } from '../../../src/engine/devices/webgpu/request-device.ts';
import { Runtime } from '../../../src/engine/devices/webgpu/runtime.ts';
import { asCard } from '../../../src/engine/devices/webgpu/test-card.ts';
import type { Family, Hardware, Launch } from '../../../src/engine/devices/webgpu/tuning/forms.ts';
import { hardwareOf } from '../../../src/engine/devices/webgpu/tuning/hardware.ts';
import { createWebgpuDevice } from '../../../src/engine/devices/webgpu/webgpu-device.ts';
import { createDeviceEngine } from '../../../src/engine/passes/device-engine.ts';
import { PLAIN, testAtShapes } from '../../../src/engine/trust/shape-check.ts';
import { projectFile } from '../../project-file.ts';
import type { PartTime } from '../processes.ts';
import type { Vectors } from '../report.ts';

const ALL = projectFile('tests', 'golden');
/** Both towers, forward and backward. */
const ONE_TRAINING = projectFile('tests', 'golden', 'train-copra');

/** Every site gets its n-th form, counted round and round. */
class FormRuntime extends Runtime {
  /** Names of the forms that were used. */
  readonly used = new Set<string>();
  /** The most forms that any site has. */
  most = 1;
  private readonly hardware: Hardware;

  constructor(
    requested: RequestedDevice,
    private readonly n: number,
  ) {
    super(requested);
    this.hardware = hardwareOf(requested);
  }

  override launch<P, F>(family: Family<P, F>, problem: P, make: (form: F) => Launch): void {
    const { hardware, n } = this;
    const usual = family.usual(hardware, problem);
    const named = new Map(
      [usual, ...(family.every ?? family.others)(hardware, problem)].map((form) => [family.nameOf(form), form]),
    );
    const forms = [...named];
    const [name, form] = forms[n % forms.length];
    this.most = Math.max(this.most, forms.length);
    this.used.add(`${family.id}: ${name}`);
    this.dispatchLaunch(make(form));
  }
}

interface Pass {
  readonly kernels: string;
  readonly folder: string;
  /** Place of the forms; 0: the usual ones. */
  readonly n: number;
  readonly open: () => Promise<RequestedDevice>;
}

/** The adapter as a card: forms of cards, and not those of adapters that compute on the processor, are what is to be proven. */
const openCard = async (): Promise<RequestedDevice> => asCard(await requestGpu());

/** Profiles that this adapter can stand for: kernels that go by the size of subgroups are right only where they have it. */
async function profilePasses(): Promise<{ passes: Pass[]; left: Vectors['left'] }> {
  const { device } = await requestGpu();
  const { subgroupMinSize: least, subgroupMaxSize: most } = device.adapterInfo;
  const { features } = device;
  device.destroy();
  const left: { kernels: string; why: string }[] = [];
  const found = Object.entries(PROFILES).flatMap(([kernels, profile]): Pass[] => {
    if (profile.like !== undefined) return []; // the same kernels as another
    const lacking = profile.features.filter((feature) => !features.has(feature));
    const bySize = profile.software && profile.subgroups !== null;
    if (lacking.length > 0) left.push({ kernels, why: `the adapter lacks ${lacking.join(', ')}` });
    else if (bySize && (least !== profile.subgroups[0] || most !== profile.subgroups[1]))
      left.push({ kernels, why: `the adapter's subgroups have ${least} to ${most} lanes` });
    else {
      const open = (): Promise<RequestedDevice> => requestGpu(withProfile(navigator.gpu, profile));
      return [{ kernels, folder: ONE_TRAINING, n: 0, open }];
    }
    return [];
  });
  return { passes: found, left };
}

type Checked = Vectors['passes'][number];

/** @param tell takes what was found after every output */
async function check(
  { kernels, folder, n, open }: Pass,
  tell: (partial: Checked) => void,
): Promise<{ pass: Checked; most: number }> {
  const from = performance.now();
  const requested = await open();
  const runtime = new FormRuntime(requested, n);
  const device = createWebgpuDevice(runtime, requested.description);
  let checked = 0;
  const wrong: string[] = [];
  const found = (): Checked => {
    const seconds = (performance.now() - from) / 1000;
    return { kernels, checked, wrong: [...wrong], forms: [...runtime.used].sort(), seconds };
  };
  try {
    for await (const line of checkGoldenFolder(device, folder)) {
      checked++;
      if (!passes(line)) wrong.push(`${line.name}: error ${line.error.toExponential(1)}, allowed ${line.tolerance}`);
      tell(found());
    }
    checked++;
    const study = { trainings: [PLAIN], trains: true, classes: 2, promptTokens: null };
    await testAtShapes(createDeviceEngine(device, evaluationBudget(device.info)), vitB32Problem(1).backbone, study);
  } catch (error) {
    wrong.push(errorText(error));
  } finally {
    device.dispose();
  }
  return { pass: found(), most: runtime.most };
}

export async function checkVectors(time: PartTime, tell: (partial: Vectors) => void): Promise<Vectors> {
  const { passes: profiles, left } = await profilePasses();
  const passed: Checked[] = [];
  const waiting: Pass[] = [
    { kernels: 'as studies have them', folder: ALL, n: 0, open: () => requestGpu() },
    { kernels: 'those of cards', folder: ALL, n: 0, open: openCard },
    ...profiles,
  ];
  const notReached = (open: readonly Pass[]): Vectors['left'] =>
    open.map(({ kernels }) => ({ kernels, why: 'was not reached' }));
  /** What a pass that is under way has found; its rest is left. */
  const tellOf = ([pass, ...behind]: readonly Pass[]): ((partial: Checked) => void) => {
    const open = [...left, { kernels: pass.kernels, why: 'did not come to its end' }, ...notReached(behind)];
    return (partial) => tell({ passes: [...passed, partial], left: open });
  };
  let known = 1;
  let longest = 0;
  for (let pass = waiting.shift(); pass; pass = waiting.shift()) {
    if (time.left() < longest) {
      left.push(...[pass, ...waiting].map(({ kernels }) => ({ kernels, why: 'no time was left' })));
      break;
    }
    const { pass: found, most } = await check(pass, tellOf([pass, ...waiting]));
    passed.push(found);
    longest = Math.max(longest, found.seconds);
    // How many forms there are is known when sites have been met.
    if (pass.kernels !== 'as studies have them')
      for (; known < most; known++)
        waiting.push({ kernels: `form ${known + 1} of every kernel`, folder: ONE_TRAINING, n: known, open: openCard });
    tell({ passes: [...passed], left: [...left, ...notReached(waiting)] });
  }
  return { passes: passed, left };
}
