import type { Deliveries, DeliveryReason } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import { Resource } from '../resource.ts'

/** The switch that stops everything on its way to the banks. */
export class DeliverySwitch extends Resource {
  /**
   * Whether files go to the banks, and why not.
   * @example
   * const { isStopped, stops } = await fist.deliveries.retrieve()
   */
  async retrieve(options?: RequestOptions): Promise<Deliveries> {
    return this.send({ operation: 'deliveries.retrieve', method: 'GET', path: '/v1/deliveries', options })
  }

  /**
   * Stops them at once. What waits keeps its tries.
   * @example
   * await fist.deliveries.stop({ reason: 'A wrong payment may be among them' })
   */
  async stop(input: DeliveryReason, options?: RequestOptions): Promise<Deliveries> {
    return this.send({
      operation: 'deliveries.stop',
      method: 'POST',
      path: '/v1/deliveries/stop',
      body: input,
      options,
    })
  }

  /**
   * Lets them go again; a person has to confirm that it is they.
   * @example
   * await fist.deliveries.resume({ reason: 'It was found and canceled' })
   */
  async resume(input: DeliveryReason, options?: RequestOptions): Promise<Deliveries> {
    return this.send({
      operation: 'deliveries.resume',
      method: 'POST',
      path: '/v1/deliveries/resume',
      body: input,
      options,
    })
  }
}
