/** A ref that tells the page, as a property of CSS, how tall something at the lower edge of the window is: what gets the focus scrolls clear of it. */
export const toldHeight = (property: '--phone-bar' | '--note') => (element: HTMLElement | null) => {
  if (!element) return undefined;
  const { style } = document.documentElement;
  const observer = new ResizeObserver(() => style.setProperty(property, `${element.offsetHeight}px`));
  observer.observe(element);
  return () => {
    observer.disconnect();
    style.removeProperty(property);
  };
};
