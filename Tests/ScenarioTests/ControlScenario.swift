import Scenario

/// A scenario with endpoints, quotas, tenants, incidents and a chain; models are its own, so that
/// nothing hangs on the catalog's figures.
enum ControlScenario {
  static let text = """
    plimsoll: 1
    horizon: 30m
    clouds:
      azure:
        regions:
          swedencentral:
            pools:
              own: { accelerator: H100-SXM, model: llama-3.1-8b, replicas: 2, account: prod, order: 1 }
            endpoints:
              gpt:
                model: big
                type: data-zone-standard
                provider: acme
                context: 128k tokens
                quota: { tokens: 20M/min, requests: 12k/min, slice: 10s }
                quotas: [gpt-eu]
                price: { input: 1.25 USD/M tokens, cached: 0.125 USD/M tokens, output: 10 USD/M tokens }
                service: &service
                  concurrency: 400
                  background: 20%
                  variation: 30%
                  prefill: 40ms
                  curve:
                    - { load: 0%, ttft: 350ms, speed: 90 tokens/s }
                    - { load: 100%, ttft: 1.4s, speed: 40 tokens/s }
      aws:
        regions:
          us-east-1:
            endpoints:
              other: { model: small, provider: acme, context: 64k, account: lab, service: *service }
    quotas:
      gpt-eu: { tokens: 30M/min, requests: 18k/min, slice: 10s }
    tenants:
      search:
        limits: { tokens: 5M/min, requests: 6k/min, total: { tokens: 2G, per: day } }
        budget: { amount: 20k USD, per: day }
        weight: 2
        projects:
          answers:
            limits: { tokens: 4M/min }
            budget: { amount: 500 USD, per: run, action: alert }
            identities:
              web: { limits: { requests: 100/s } }
    incidents:
      - { account: azure/prod, effect: fails, at: 14m, for: 60s }
    workloads:
      answers:
        tenant: search/answers/web
        model: [big, small]
        residency: eu
        arrivals: { poisson: 40/s }
        shape: { fixed: { prompt: 512, output: 128 } }
        origins: { us-east: 60%, eu-central: 40% }
      chat:
        model: llama-3.1-8b
        arrivals: { poisson: 40/s }
        shape: { fixed: { prompt: 512, output: 128 } }
        origins: { us-east: 100% }

    """

  static let gpt = "clouds.azure.regions.swedencentral.endpoints.gpt"

  static func load(_ overrides: String...) throws -> LoadedScenario {
    try SmallScenario.load(text, overrides)
  }

  static func problems(_ overrides: String...) -> [String] {
    SmallScenario.problems(text, overrides)
  }

  /// What is wrong once a piece of the text is another.
  static func problems(_ old: String, to new: String) -> [String] {
    SmallScenario.problems(text.replacing(old, with: new))
  }
}
