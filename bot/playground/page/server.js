/* The other side: changes come as server-sent events, actions go as small POST requests. */

/** Call `handlers[kind](body)` for everything that happens; `handlers.lost()` when the playground is gone. */
export function listen(handlers) {
  const source = new EventSource("/play/events");
  for (const [kind, handle] of Object.entries(handlers)) {
    if (kind !== "lost") source.addEventListener(kind, (event) => handle(JSON.parse(event.data)));
  }
  source.addEventListener("error", () => handlers.lost());
}

/** Do something as a person. Resolves to the answer; rejects with an Error that says in one sentence why not. */
export async function act(action, body) {
  let response;
  try {
    response = await fetch(`/play/${action}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Error("The playground does not answer.");
  }
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

/** Where the page finds a file of a message. */
export const fileUrl = (fileId) => `/play/file/${encodeURIComponent(fileId)}`;
