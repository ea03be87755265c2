/// A commented scenario to start from.
public enum StarterScenario {
  /// The YAML text; it validates and runs as it is.
  public static let text = """
    # A Plimsoll scenario. Check it with `plimsoll validate FILE`, run it with `plimsoll run FILE`,
    # see every setting with its default with `plimsoll run FILE --print-effective`.
    plimsoll: 1                     # version of this format
    name: chat on two clouds
    seed: 1                         # same file, same seed: same bytes in every table
    horizon: 1h                     # how long requests arrive
    warmup: 5m                      # left out of the statistics

    # Where capacity is. Regions, accelerators and models come from the catalog.
    clouds:
      azure:
        regions:
          eastus2:
            pools:
              h100-chat:
                accelerator: H100-SXM
                model: llama-3.1-8b
                replicas: 4
                routing: least-outstanding-requests
      aws:
        regions:
          eu-central-1:
            pools:
              a100-chat:
                accelerator: A100-SXM
                model: llama-3.1-8b
                replicas: 4

    # Models sold by the token stand beside pools, with quotas, tenants and incidents where they matter:
    #   clouds: { azure: { regions: { swedencentral: { endpoints: {
    #     gpt: { model: gpt-5.1, type: data-zone-provisioned, units: 300 PTU, spillover: gpt-payg },
    #     gpt-payg: { model: gpt-5.1, type: data-zone-standard, quota: { tokens: 20M/min } } } } } } }
    #   tenants: { search: { limits: { tokens: 5M/min }, budget: { amount: 20k USD, per: day } } }
    #   incidents: [ { account: azure/azure, effect: fails, at: 14m, for: 60s } ]
    # and a workload says tenant: search, residency: eu, model: [gpt-5.1, claude-sonnet-4.5].

    # A contract makes a bill: what it cost, who pays, and whether what was promised is spent in time.
    #   starts: 2026-03-02
    #   clouds: { azure: { contract: { discount: { gpu: 12%, tokens: 8% }, commitments: {
    #     macc: { amount: 750M USD, term: 3y, starts: 2026-02-01, drawn: 12M USD } } } } }
    #   billing: { outlook: { load: 55%, growth: 5% } }       # how this hour stands for the rest of the term

    # How the gateway chooses a pool: nearest, weighted, preferred, least-loaded and others.
    gateway:
      route: least-loaded
      staleness: 1s                 # it sees load figures up to a second old

    # What is asked for.
    workloads:
      chat:
        model: llama-3.1-8b
        arrivals: { poisson: 60/s }
        shape:
          independent:
            prompt: { lognormal: { median: 400, sigma: 1, max: 8k } }
            output: { lognormal: { median: 150, sigma: 0.8, max: 2k } }
        origins: { us-east: 60%, eu-central: 40% }
        slo: { ttft: { p95: 500ms }, tpot: { p95: 50ms } }

    """
}
