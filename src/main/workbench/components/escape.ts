/** For the keys of a part of the page that can be left without doing what it is for: what Escape does there. */
export function onEscape(leave: () => void) {
  return (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.isComposing) leave();
  };
}
