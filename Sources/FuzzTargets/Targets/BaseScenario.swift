/// The scenario that overrides, incidents and plans are applied to.
enum BaseScenario {
  /// Every room of the format, small.
  static let text = """
    plimsoll: 1
    name: base
    horizon: 30m
    starts: 2026-03-02
    clouds:
      azure:
        regions:
          eastus2:
            pools:
              chat: { accelerator: H100-SXM, model: llama-3.1-8b, replicas: 2 }
          westeurope:
            pools:
              near: { accelerator: H100-SXM, model: llama-3.1-8b, replicas: 1 }
    workloads:
      chat:
        model: llama-3.1-8b
        arrivals: { poisson: 5/s }
        shape: { fixed: { prompt: 512, output: 128 } }
        origins: { us-east: 60%, eu-central: 40% }
    gateway: { route: nearest }

    """
}
