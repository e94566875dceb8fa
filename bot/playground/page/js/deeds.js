// What the page asks the server to do; a refusal is thrown in the server's words.

export async function readState() {
  return (await fetch("/state")).json();
}

export async function readMenu(person, chat) {
  return answerOf(await fetch(`/menu?person=${person}&chat=${chat}`));
}

export async function readClock() {
  return answerOf(await fetch("/clock"));
}

export async function turn(how, wishes = {}) {
  return answerOf(await post(`/clock/${how}`, wishes));
}

export async function act(deed, wishes) {
  return answerOf(await post(`/people/${deed}`, wishes));
}

export async function sendFile(kind, file, wishes) {
  const form = new FormData();
  for (const [name, value] of Object.entries(wishes)) {
    if (value !== null && value !== undefined && value !== "") form.set(name, value);
  }
  form.set("file", file, file.name || kind);
  return answerOf(await fetch(`/people/${kind}`, { method: "POST", body: form }));
}

function post(address, wishes) {
  return fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(wishes),
  });
}

async function answerOf(response) {
  const answer = await response.json();
  if (!answer.ok) throw new Error(answer.description ?? "this is not possible");
  return answer.result;
}
