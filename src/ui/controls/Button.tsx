import {
  Button as AriaButton,
  Tooltip,
  TooltipTrigger,
  type ButtonProps as AriaButtonProps,
} from 'react-aria-components';
import type { ReactElement, ReactNode, Ref } from 'react';
import css from './controls.module.css';

interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children'> {
  readonly kind?: 'primary' | 'plain' | 'quiet';
  readonly ref?: Ref<HTMLButtonElement>;
  readonly children: ReactNode;
}

export function Button({ kind = 'plain', children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={`${css.button} ${css[kind]}`}>
      {children}
    </AriaButton>
  );
}

/** A button that shows only an icon: screen readers and the tooltip give its name. */
export function IconButton({
  name,
  children,
  ...rest
}: Omit<AriaButtonProps, 'className' | 'children'> & { name: string; children: ReactElement }) {
  return (
    <TooltipTrigger delay={400}>
      <AriaButton {...rest} aria-label={name} className={css.iconButton}>
        {children}
      </AriaButton>
      <Tooltip className={css.tooltip} offset={6}>
        {name}
      </Tooltip>
    </TooltipTrigger>
  );
}
