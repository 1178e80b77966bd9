/** Database functions called with the service key. Supabase sets SUPABASE_URL and SUPABASE_SERVICE_ROLE_KEY. */

const required = (name: string): string => {
  const value = Deno.env.get(name)
  if (!value) throw new Error(`${name} is not set`)
  return value
}

export function serviceRpc() {
  const url = required('SUPABASE_URL')
  const secretKey = required('SUPABASE_SERVICE_ROLE_KEY')
  async function rpc<T>(name: string, args: object): Promise<T> {
    const response = await fetch(`${url}/rest/v1/rpc/${name}`, {
      method: 'POST',
      headers: {
        apikey: secretKey,
        authorization: `Bearer ${secretKey}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(args),
    })
    if (!response.ok) throw new Error(`${name} answered ${response.status}`)
    return response.status === 204 ? (undefined as T) : await response.json()
  }
  return { url, secretKey, rpc }
}
