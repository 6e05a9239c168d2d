/** Training. */
export function Screen() {
  return <p>This screen is not built yet. The <a href="/swagger-ui.html">API</a> does all of it.</p>;
}
