import { connect } from './connect.ts'
import type { Http } from './http.ts'
import type { FISTWorksOptions } from './options.ts'
import { AchFileSteps } from './resources/ach-file-steps.ts'
import { BankAccountReads } from './resources/bank-account-reads.ts'
import { Recipients } from './resources/recipients.ts'
import { Submissions } from './resources/submissions.ts'

/** What components ask for. A page that shows them pays for nothing else of the API. */
export class ComponentResources {
  readonly #http: Http
  #bankAccounts: BankAccountReads | undefined
  #recipients: Recipients | undefined
  #achFiles: AchFileSteps | undefined
  #submissions: Submissions | undefined

  constructor(http: Http) {
    this.#http = http
  }

  /** What requests go through, for a component that brings a resource which the others do not ask for. */
  get http(): Http {
    return this.#http
  }

  get bankAccounts(): BankAccountReads {
    return (this.#bankAccounts ??= new BankAccountReads(this.#http))
  }

  get recipients(): Recipients {
    return (this.#recipients ??= new Recipients(this.#http))
  }

  get achFiles(): AchFileSteps {
    return (this.#achFiles ??= new AchFileSteps(this.#http))
  }

  get submissions(): Submissions {
    return (this.#submissions ??= new Submissions(this.#http))
  }
}

/** The part of `FISTWorks` that components speak through; its options are the same. */
export class ComponentClient extends ComponentResources {
  /** @throws {UsageError} when the options cannot be used; nothing is sent yet */
  constructor(options: FISTWorksOptions) {
    super(connect(options).http)
  }
}
