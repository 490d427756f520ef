/** The three GELUs, [rows, cols]: y = f(x), and dx = dy · f′(x). Every operand once; an element is one value, or four. */
import type { Activation } from '../../../../model/backbone.ts';
import { defineKernel, kernelOf } from '../kernel.ts';
import { eachElement, elementOf, inForm, USUAL_ELEMENTS, type ElementForm, type Width } from './elements.ts';
import { geluFunctions } from './gelu.ts';
import { LIVE_FIELDS, LIVE_INDEX } from './indexing.ts';

/** `i` counts the values of live groups, in units of `width`. */
const LIVE_VALUE = 'let at = liveIndex(i / p.cols) * p.cols + i % p.cols;';

const FIELDS = [['count', 'u32'], ['cols', 'u32'], ...LIVE_FIELDS] as const;

export const activationKernel = (kind: Activation, width: Width, form: ElementForm = USUAL_ELEMENTS) =>
  kernelOf(`${kind} /${width}${inForm(form)}`, (key) =>
    defineKernel({
      key,
      kind: 'activation',
      fields: FIELDS,
      tensors: [
        { name: 'x', access: 'read', element: elementOf(width) },
        { name: 'y', access: 'read_write', element: elementOf(width) },
      ],
      body: `${LIVE_INDEX}${geluFunctions(kind, elementOf(width), false)}${eachElement(
        `
  ${LIVE_VALUE}
  y[at] = activate(x[at]);`,
        form,
      )}`,
    }),
  );

export const activationGradientKernel = (kind: Activation, width: Width, form: ElementForm = USUAL_ELEMENTS) =>
  kernelOf(`${kind} gradient /${width}${inForm(form)}`, (key) =>
    defineKernel({
      key,
      kind: 'activation',
      fields: FIELDS,
      tensors: [
        { name: 'dy', access: 'read', element: elementOf(width) },
        { name: 'x', access: 'read', element: elementOf(width) },
        { name: 'dx', access: 'read_write', element: elementOf(width) },
      ],
      body: `${LIVE_INDEX}${geluFunctions(kind, elementOf(width), true)}${eachElement(
        `
  ${LIVE_VALUE}
  dx[at] = dy[at] * activationDerivative(x[at]);`,
        form,
      )}`,
    }),
  );
