/** Paragraphs of a part of the page, whose texts are unbroken. */
import { Children, cloneElement, Fragment, isValidElement, type ReactElement, type ReactNode } from 'react';
import { unbroken } from './unbroken.ts';

const isTag = (node: ReactNode): node is ReactElement<{ readonly children?: ReactNode }> =>
  isValidElement(node) && (typeof node.type === 'string' || node.type === Fragment);

/** The texts in tags. What components of their own say is theirs. */
export const unbrokenTexts = (nodes: ReactNode): ReactNode =>
  Children.map(nodes, (node) => {
    if (typeof node === 'string') return unbroken(node);
    return isTag(node) ? cloneElement(node, undefined, unbrokenTexts(node.props.children)) : node;
  });
