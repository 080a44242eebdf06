/** Hands a file to the browser to be kept, under its name. */
export async function saveFile(name: string, contentType: string, body: ReadableStream<Uint8Array>): Promise<void> {
  const bytes = await new Response(body).arrayBuffer()
  const address = URL.createObjectURL(new Blob([bytes], { type: contentType }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
