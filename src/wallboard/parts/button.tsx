import type { ButtonHTMLAttributes } from 'preact';

interface ButtonProps extends Omit<ButtonHTMLAttributes, 'class'> {
  /** `primary` for what most people want here, at most one at a place. */
  readonly kind?: 'primary' | 'secondary' | 'plain';
}

/** A button; it submits its form only with `type="submit"`. */
export function Button({ kind = 'secondary', type = 'button', ...others }: ButtonProps) {
  return <button {...others} type={type} class={`button ${kind}`} />;
}
