// Lets a grid end where the window ends, whatever stands above it: then only one thing scrolls.
import { type RefObject, useEffect } from "react";

/** The property that the grid's height is made from. */
const kTop = "--grid-top";

export function useFillHeight(frame: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    // How far down it begins does not depend on how tall it is: this comes to rest at once.
    const measure = () => {
      const top = Math.round(element.getBoundingClientRect().top + window.scrollY);
      element.style.setProperty(kTop, `${top}px`);
    };
    const watch = new ResizeObserver(measure);
    watch.observe(document.body);
    return () => watch.disconnect();
  }, [frame]);
}
