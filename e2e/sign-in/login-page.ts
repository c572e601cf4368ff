import type { DemoPerson } from '../../schema/clients.ts';

/** The form of the sign-in page. Its id and field names are Keycloak's, so that scripts find both alike. */
export function loginPage({
  action,
  people,
  password,
  failed,
}: {
  action: string;
  people: readonly DemoPerson[];
  password: string;
  failed: boolean;
}): string {
  const rows = people.map(
    ({ login, note }) =>
      `<tr><td><code>${escaped(login)}</code></td><td>${escaped(note.zh)}<br><small>${escaped(note.en)}</small></td></tr>`,
  );
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>心桥 · 登录 / Sign in</title>
<style>
body { font: 16px/1.6 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }
label { display: block; margin: .8rem 0 } input { font: inherit; width: 100%; padding: .4rem; box-sizing: border-box }
button { font: inherit; padding: .5rem 1.5rem } [role=alert] { color: #a00 } td { padding: .2rem 1rem .2rem 0; vertical-align: top }
</style>
</head>
<body>
<h1>心桥登录 <small>Sign in to Xinqiao</small></h1>
<p>演示环境，所有人物均为虚构。<br><small>Demonstration: nobody here exists.</small></p>
${failed ? '<p role="alert">用户名或口令不正确，请重试。<br><small>Wrong user name or password; try again.</small></p>' : ''}
<form id="kc-form-login" method="post" action="${escaped(action)}">
<label>用户名 User name <input id="username" name="username" autocomplete="username" autofocus required></label>
<label>口令 Password <input id="password" name="password" type="password" autocomplete="current-password" required></label>
<button id="kc-login" type="submit">登录 Sign in</button>
</form>
<h2>演示用户 <small>Demo people</small></h2>
<p>口令都是 <code>${escaped(password)}</code><br><small>The same password for all.</small></p>
<table>${rows.join('\n')}</table>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
