/** Keeps cookies and follows redirects within the sign-in server; stops at the one that leads out of it. */
export function browserless(): (url: URL, form?: Record<string, string>) => Promise<Response> {
  const cookies = new Map<string, string>();
  return async function browse(url: URL, form?: Record<string, string>): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const next = redirectOf(response);
    if (next === null || next.origin !== url.origin) return response;
    await response.body?.cancel();
    return browse(next);
  };
}

/** Where it leads elsewhere; `null` is a page. */
export function redirectOf(response: Response): URL | null {
  const location = response.headers.get('location');
  return location === null ? null : new URL(location, response.url);
}

/** Where the form of a page is sent to. Throws when it has none of this id. */
export async function formIn(page: Response, id: string): Promise<URL> {
  const [form = ''] = new RegExp(`<form[^>]*id="${id}"[^>]*>`).exec(await page.text()) ?? [];
  const action = / action="([^"]+)"/.exec(form)?.[1];
  if (action === undefined) throw new Error(`no sign-in form ${id} (status ${page.status})`);
  return new URL(unescaped(action), page.url);
}

function unescaped(html: string): string {
  return html.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replaceAll('&amp;', '&');
}
