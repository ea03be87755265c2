// swift-format-ignore-file
// Written by Scripts/embed-catalog from the tables in Resources; change those instead.

/// The tables the binary carries, by file name.
enum BundledTables {
  static let files: [(name: String, text: String)] = [
    ("accelerators.csv", #"""
name,aliases,memory_bytes,memory_bytes_per_second,prefill_attention_floor_us,prefill_attention_us_per_token,prefill_attention_efficiency,elementwise_efficiency,interconnect,default_max_batched_tokens,default_max_sequences,evidence,source,date
t4,tesla-t4,16106127360,3.2e11,20,0.05,0.25,0.8,pcie-t4,2048,256,guess,specification sheet; memory as the driver reports it; efficiencies guessed from V100 per-layer times of Helix (arXiv 2406.01566),2026-07-31
l4,,24152899584,3e11,10,0.02,0.4,0.8,pcie-no-p2p,2048,256,guess,specification sheet; memory as the driver reports it; decode efficiency 0.83 from per-layer times of Helix (arXiv 2406.01566); rest guessed from L40S,2026-07-31
a10g,,24146608128,6e11,12,0.02,0.4,0.8,pcie-no-p2p,2048,256,guess,specification sheet; memory as the driver reports it; efficiencies guessed between L4 and A100,2026-07-31
rtx-4090,geforce-rtx-4090,25757220864,1.008e12,8.9,0.0085,0.587,0.8,pcie-no-p2p,2048,256,guess,specification sheet; memory as the driver reports it; efficiencies of RTX PRO 6000; request-level replay of LLMServingSim run within 5 %,2026-07-31
l40s,,48305799168,8.64e11,8.6,0.009,0.5,0.8,pcie-l40s,2048,256,measured,"specification sheet; memory as the driver reports it; AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
rtx-pro-6000,rtx-pro-6000-server|rtx-pro-6000-blackwell,102641958912,1.597e12,8.9,0.0085,0.587,0.8,pcie-rtx-pro-6000,8192,1024,measured,"specification sheet; memory as the driver reports it; AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
a100-sxm,a100|a100-80gb|a100-sxm4-80gb,85899345920,2.039e12,12.5,0.017,0.576,0.8,nvlink-a100,2048,256,measured,"specification sheet; memory as the driver reports it; AIConfigurator kernel tables for vLLM 0.14.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
h100-sxm,h100|h100-80gb|h100-sxm5,85520809984,3.35e12,13.4,0.0066,0.621,0.8,nvlink-h100,8192,1024,measured,"specification sheet; memory as the driver reports it; AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
h200-sxm,h200,150754820096,4.8e12,13.2,0.0064,0.607,0.8,nvlink-h200,8192,1024,measured,"specification sheet; memory as the driver reports it; AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
b200-sxm,b200,192265846784,7.7e12,11.7,0.0056,0.564,0.8,nvlink-b200,8192,1024,measured,"specification sheet; memory as the driver reports it; AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
mi300x,amd-mi300x,206141652992,5.3e12,18,0.008,0.4,0.8,infinity-fabric-mi300x,8192,1024,guess,specification sheet; memory as the driver reports it; efficiencies guessed; Llama-3.1-405B fp8 on eight at batch 1 within 6 % of an Oracle blog measurement,2026-07-31
"""# + "\n"),
    ("decode_attention_kernels.csv", #"""
accelerator,head_dimension,kv_precision,floor_us,per_sequence_us,memory_efficiency,evidence,source,date
t4,128,bf16,20,0.07,0.7,guess,efficiencies guessed from V100 per-layer times of Helix (arXiv 2406.01566),2026-07-31
l4,128,bf16,10,0.036,0.8,guess,decode efficiency 0.83 from per-layer times of Helix (arXiv 2406.01566); rest guessed from L40S,2026-07-31
a10g,128,bf16,12,0.05,0.8,guess,efficiencies guessed between L4 and A100,2026-07-31
rtx-4090,128,bf16,12.3,0.026,0.964,guess,efficiencies of RTX PRO 6000; request-level replay of LLMServingSim run within 5 %,2026-07-31
l40s,128,bf16,9.9,0.0358,0.859,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
l40s,64,bf16,10.65,0.047,0.867,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
l40s,128,fp8,11.2,0.0345,0.944,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
rtx-pro-6000,128,bf16,12.3,0.026,0.964,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
rtx-pro-6000,64,bf16,12.6,0.036,1.013,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
a100-sxm,128,bf16,18.1,0.068,0.723,measured,"AIConfigurator kernel tables for vLLM 0.14.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
h100-sxm,128,bf16,11.6,0.0489,0.905,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
h100-sxm,64,bf16,10.36,0.0429,0.897,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
h100-sxm,128,fp8,13.5,0.052,0.759,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
h200-sxm,128,bf16,11.5,0.0504,0.858,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
h200-sxm,64,bf16,10.23,0.0439,0.829,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
h200-sxm,128,fp8,13.4,0.053,0.59,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
b200-sxm,128,bf16,9.1,0.0209,0.931,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
b200-sxm,64,bf16,8.95,0.016,0.91,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
b200-sxm,128,fp8,10.2,0.016,0.915,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
mi300x,128,bf16,18,0.05,0.65,guess,efficiencies guessed; Llama-3.1-405B fp8 on eight at batch 1 within 6 % of an Oracle blog measurement,2026-07-31
"""# + "\n"),
    ("engines.csv", #"""
name,aliases,per_step_us,per_sequence_us,per_layer_us,source,date
vllm,,424,7.3,5,"fitted on gpt-oss-120b, H200, vLLM 0.18 (InferenceMAX points in AIConfigurator silicon_sample.csv); layer share between eager and captured graphs",2026-07-31
vllm-dense-fit,,1119,18.8,0,"fitted on Llama-3 70B fp8, H100 and H200, vLLM (InferenceMAX points in AIConfigurator silicon_sample.csv)",2026-07-31
"""# + "\n"),
    ("expert_kernels.csv", #"""
accelerator,precision,launch_us,memory_efficiency,per_token_us,per_token_unsharded_us,reference_flops_per_token,compute_efficiency,evidence,source,date
a100-sxm,bf16,40,0.8,1.0,0,704643072,0.55,guess,"compute efficiency from AIConfigurator kernel tables for vLLM 0.14.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted; rest guessed",2026-07-31
a100-sxm,mxfp4,45,0.6,2.0,0,199065600,0.4,guess,guessed from measured accelerators,2026-07-31
h100-sxm,bf16,32.9,0.913,0.418,0,704643072,0.61,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
h100-sxm,mxfp4,37.6,0.98,0.982,0.001,199065600,0.5,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
h200-sxm,bf16,31.8,0.919,0.208,0,704643072,0.66,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
h200-sxm,mxfp4,37.3,0.746,0.989,0.015,199065600,0.5,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
b200-sxm,bf16,10.5,0.729,0.706,0,704643072,0.38,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
b200-sxm,mxfp4,21.6,0.898,0.884,0.142,199065600,0.22,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
l40s,bf16,0,0.813,1.93,0,704643072,0.58,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
l40s,mxfp4,40,0.6,3.0,0,199065600,0.38,guess,guessed from measured accelerators,2026-07-31
rtx-pro-6000,bf16,10,0.8,1.0,0,704643072,0.5,guess,guessed from measured accelerators,2026-07-31
rtx-pro-6000,mxfp4,40,0.6,1.5,0,199065600,0.35,guess,guessed from measured accelerators,2026-07-31
mi300x,bf16,40,0.55,0.5,0,704643072,0.4,guess,guessed from measured accelerators,2026-07-31
mi300x,mxfp4,45,0.5,1.0,0,199065600,0.25,guess,guessed from measured accelerators,2026-07-31
"""# + "\n"),
    ("interconnects.csv", #"""
name,tensor_parallel,floor_us,bytes_per_second,evidence,source,date
nvlink-a100,2,5.0,1.81e+11,measured,"AIConfigurator kernel tables for vLLM 0.14.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
nvlink-a100,4,5.5,1.19e+11,measured,"AIConfigurator kernel tables for vLLM 0.14.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
nvlink-a100,8,6.4,1.08e+11,measured,"AIConfigurator kernel tables for vLLM 0.14.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
nvlink-h100,2,4.3,2.59e+11,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
nvlink-h100,4,4.7,1.8e+11,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
nvlink-h100,8,5.4,1.95e+11,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
nvlink-h200,2,4.4,2.62e+11,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
nvlink-h200,4,4.7,1.92e+11,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
nvlink-h200,8,5.1,2.09e+11,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
nvlink-b200,2,7.0,4.53e+11,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
nvlink-b200,4,7.2,3.72e+11,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
nvlink-b200,8,8.1,3.13e+11,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
pcie-l40s,2,5.3,1.9e+10,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted; a host without peer-to-peer access",2026-07-31
pcie-l40s,4,12.9,2.6e+09,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted; a host without peer-to-peer access",2026-07-31
pcie-l40s,8,24.3,1.2e+09,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted; a host without peer-to-peer access",2026-07-31
pcie-rtx-pro-6000,2,4.3,3.8e+10,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
pcie-rtx-pro-6000,4,13.3,1.9e+10,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
pcie-rtx-pro-6000,8,26,1.34e+10,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
pcie-16gb,2,20,1.6e+10,measured,link of the RTX PRO 6000 host in LLMServingSim (github.com/casys-kaist/LLMServingSim@5daddb2),2026-07-31
pcie-16gb,4,20,1.6e+10,measured,link of the RTX PRO 6000 host in LLMServingSim (github.com/casys-kaist/LLMServingSim@5daddb2),2026-07-31
pcie-16gb,8,20,1.6e+10,measured,link of the RTX PRO 6000 host in LLMServingSim (github.com/casys-kaist/LLMServingSim@5daddb2),2026-07-31
pcie-no-p2p,2,15,1e+10,guess,guessed from the L40S host,2026-07-31
pcie-no-p2p,4,20,5e+09,guess,guessed from the L40S host,2026-07-31
pcie-no-p2p,8,30,2.6e+09,guess,guessed from the L40S host,2026-07-31
pcie-t4,2,20,6e+09,guess,PCIe 3.0 host; guessed from the L40S host,2026-07-31
pcie-t4,4,30,3e+09,guess,PCIe 3.0 host; guessed from the L40S host,2026-07-31
pcie-t4,8,40,1.6e+09,guess,PCIe 3.0 host; guessed from the L40S host,2026-07-31
infinity-fabric-mi300x,2,8,2e+11,guess,guessed between A100 and H100,2026-07-31
infinity-fabric-mi300x,4,9,1.6e+11,guess,guessed between A100 and H100,2026-07-31
infinity-fabric-mi300x,8,10,1.4e+11,guess,guessed between A100 and H100,2026-07-31
"""# + "\n"),
    ("matrix_kernels.csv", #"""
accelerator,precision,peak_flops_per_second,launch_us,memory_efficiency,small_batch_efficiency,large_batch_efficiency,evidence,source,date
t4,bf16,6.5e13,6,0.75,1.2,0.35,guess,peak float16; efficiencies guessed from V100 per-layer times of Helix (arXiv 2406.01566),2026-07-31
l4,bf16,1.21e14,2,0.83,1.4,0.5,guess,decode efficiency 0.83 from per-layer times of Helix (arXiv 2406.01566); rest guessed from L40S,2026-07-31
l4,fp8,2.42e14,3.75,0.761,0.689,0.388,guess,scaled from L40S,2026-07-31
a10g,bf16,1.25e14,3,0.8,1.3,0.5,guess,efficiencies guessed between L4 and A100,2026-07-31
rtx-4090,bf16,1.652e14,0.6,0.936,1.51,0.793,guess,efficiencies of RTX PRO 6000; request-level replay of LLMServingSim run within 5 %,2026-07-31
l40s,bf16,3.6205e14,0,0.802,1.616,0.632,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
l40s,fp8,7.33e14,1.75,0.735,0.795,0.491,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
rtx-pro-6000,bf16,5.038e14,0.6,0.936,1.51,0.793,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
rtx-pro-6000,fp8,1.007e15,4.88,0.959,0.862,0.722,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
a100-sxm,bf16,3.12e14,6.09,0.809,1.227,0.885,measured,"AIConfigurator kernel tables for vLLM 0.14.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
h100-sxm,bf16,9.89e14,4.06,0.911,2.249,0.808,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
h100-sxm,fp8,1.978e15,6.93,0.875,0.725,0.505,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
h200-sxm,bf16,9.89e14,4.62,0.891,2.276,0.796,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
h200-sxm,fp8,1.978e15,7.18,0.835,0.591,0.56,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
b200-sxm,bf16,2.25e15,4.22,0.873,1.746,0.702,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
b200-sxm,fp8,4.5e15,7.06,0.77,0.634,0.509,measured,"AIConfigurator kernel tables for vLLM 0.24.0 (github.com/ai-dynamo/aiconfigurator@095f58a5), fitted",2026-07-31
mi300x,bf16,1.307e15,6,0.65,1.5,0.55,guess,efficiencies guessed; Llama-3.1-405B fp8 on eight at batch 1 within 6 % of an Oracle blog measurement,2026-07-31
mi300x,fp8,2.614e15,8,0.6,0.7,0.4,guess,efficiencies guessed; Llama-3.1-405B fp8 on eight at batch 1 within 6 % of an Oracle blog measurement,2026-07-31
"""# + "\n"),
    ("mixed_penalties.csv", #"""
accelerator,group_size,decodes,factor,source,date
rtx-pro-6000,4,4,1.0,"LLMServingSim attention profiles (github.com/casys-kaist/LLMServingSim@5daddb2), medians over KV lengths 512 to 4096",2026-07-31
rtx-pro-6000,4,8,1.28,"LLMServingSim attention profiles (github.com/casys-kaist/LLMServingSim@5daddb2), medians over KV lengths 512 to 4096",2026-07-31
rtx-pro-6000,4,16,1.31,"LLMServingSim attention profiles (github.com/casys-kaist/LLMServingSim@5daddb2), medians over KV lengths 512 to 4096",2026-07-31
rtx-pro-6000,4,32,1.37,"LLMServingSim attention profiles (github.com/casys-kaist/LLMServingSim@5daddb2), medians over KV lengths 512 to 4096",2026-07-31
rtx-pro-6000,4,64,1.44,"LLMServingSim attention profiles (github.com/casys-kaist/LLMServingSim@5daddb2), medians over KV lengths 512 to 4096",2026-07-31
rtx-pro-6000,4,128,1.93,"LLMServingSim attention profiles (github.com/casys-kaist/LLMServingSim@5daddb2), medians over KV lengths 512 to 4096",2026-07-31
rtx-pro-6000,8,4,1.58,"LLMServingSim attention profiles (github.com/casys-kaist/LLMServingSim@5daddb2), medians over KV lengths 512 to 4096",2026-07-31
rtx-pro-6000,8,8,2.0,"LLMServingSim attention profiles (github.com/casys-kaist/LLMServingSim@5daddb2), medians over KV lengths 512 to 4096",2026-07-31
rtx-pro-6000,8,16,2.3,"LLMServingSim attention profiles (github.com/casys-kaist/LLMServingSim@5daddb2), medians over KV lengths 512 to 4096",2026-07-31
rtx-pro-6000,8,32,2.5,"LLMServingSim attention profiles (github.com/casys-kaist/LLMServingSim@5daddb2), medians over KV lengths 512 to 4096",2026-07-31
rtx-pro-6000,8,64,2.6,"LLMServingSim attention profiles (github.com/casys-kaist/LLMServingSim@5daddb2), medians over KV lengths 512 to 4096",2026-07-31
rtx-pro-6000,8,128,3.2,"LLMServingSim attention profiles (github.com/casys-kaist/LLMServingSim@5daddb2), medians over KV lengths 512 to 4096",2026-07-31
rtx-4090,4,4,1.58,"LLMServingSim attention profiles (github.com/casys-kaist/LLMServingSim@5daddb2), medians over KV lengths 512 to 4096",2026-07-31
rtx-4090,4,16,1.68,"LLMServingSim attention profiles (github.com/casys-kaist/LLMServingSim@5daddb2), medians over KV lengths 512 to 4096",2026-07-31
rtx-4090,4,64,1.96,"LLMServingSim attention profiles (github.com/casys-kaist/LLMServingSim@5daddb2), medians over KV lengths 512 to 4096",2026-07-31
rtx-4090,4,128,3.37,"LLMServingSim attention profiles (github.com/casys-kaist/LLMServingSim@5daddb2), medians over KV lengths 512 to 4096",2026-07-31
"""# + "\n"),
    ("models.csv", #"""
name,aliases,layers,hidden_size,feed_forward_size,heads,kv_heads,head_dimension,vocabulary_size,experts,experts_per_token,default_precision,full_attention_fraction,context_tokens,ties_embeddings,source,date
llama-3.1-8b,llama-3-8b|llama-3.1-8b-instruct|meta-llama/Llama-3.1-8B|meta-llama/Llama-3.1-8B-Instruct,32,4096,14336,32,8,128,128256,0,0,bf16,1,131072,0,configuration file of the published model,2026-07-31
llama-3.3-70b,llama-3-70b|llama-3.1-70b|llama-3.3-70b-instruct|meta-llama/Llama-3.3-70B-Instruct|meta-llama/Llama-3.1-70B-Instruct,80,8192,28672,64,8,128,128256,0,0,bf16,1,131072,0,configuration file of the published model,2026-07-31
qwen3-32b,Qwen/Qwen3-32B,64,5120,25600,64,8,128,151936,0,0,bf16,1,40960,0,configuration file of the published model,2026-07-31
qwen3-30b-a3b,Qwen/Qwen3-30B-A3B,48,2048,768,32,4,128,151936,128,8,bf16,1,40960,0,configuration file of the published model,2026-07-31
mixtral-8x7b,mixtral-8x7b-instruct|mistralai/Mixtral-8x7B-Instruct-v0.1,32,4096,14336,32,8,128,32000,8,2,bf16,1,32768,0,configuration file of the published model,2026-07-31
gpt-oss-120b,openai/gpt-oss-120b,36,2880,2880,64,8,64,201088,128,4,mxfp4,0.5,131072,0,configuration file of the published model (every other layer attends over 128 tokens),2026-07-31
"""# + "\n"),
    ("origins.csv", #"""
name,aliases,city,country,latitude,longitude,utc_offset_hours,source,date
us-east,us|united-states|new-york,New York,US,40.71,-74.01,-5,largest city or traffic hub; standard time without daylight saving,2026-07-31
us-central,chicago,Chicago,US,41.88,-87.63,-6,largest city or traffic hub; standard time without daylight saving,2026-07-31
us-south,dallas|texas,Dallas,US,32.78,-96.8,-6,largest city or traffic hub; standard time without daylight saving,2026-07-31
us-west,california|los-angeles,Los Angeles,US,34.05,-118.24,-8,largest city or traffic hub; standard time without daylight saving,2026-07-31
canada,toronto,Toronto,CA,43.65,-79.38,-5,largest city or traffic hub; standard time without daylight saving,2026-07-31
mexico,mexico-city,Mexico City,MX,19.43,-99.13,-6,largest city or traffic hub; standard time without daylight saving,2026-07-31
brazil,south-america|sao-paulo,Sao Paulo,BR,-23.55,-46.63,-3,largest city or traffic hub; standard time without daylight saving,2026-07-31
uk,gb|london,London,GB,51.51,-0.13,0,largest city or traffic hub; standard time without daylight saving,2026-07-31
eu-west,france|paris,Paris,FR,48.86,2.35,1,largest city or traffic hub; standard time without daylight saving,2026-07-31
eu-central,eu|europe|germany|frankfurt,Frankfurt,DE,50.11,8.68,1,largest city or traffic hub; standard time without daylight saving,2026-07-31
eu-north,nordics|stockholm,Stockholm,SE,59.33,18.07,1,largest city or traffic hub; standard time without daylight saving,2026-07-31
eu-south,spain|madrid,Madrid,ES,40.42,-3.7,1,largest city or traffic hub; standard time without daylight saving,2026-07-31
eu-east,poland|warsaw,Warsaw,PL,52.23,21.01,1,largest city or traffic hub; standard time without daylight saving,2026-07-31
south-africa,africa|johannesburg,Johannesburg,ZA,-26.2,28.05,2,largest city or traffic hub; standard time without daylight saving,2026-07-31
uae,middle-east|dubai,Dubai,AE,25.2,55.27,4,largest city or traffic hub; standard time without daylight saving,2026-07-31
india,mumbai,Mumbai,IN,19.08,72.88,5.5,largest city or traffic hub; standard time without daylight saving,2026-07-31
singapore,apac|southeast-asia,Singapore,SG,1.35,103.82,8,largest city or traffic hub; standard time without daylight saving,2026-07-31
hong-kong,,Hong Kong,HK,22.32,114.17,8,largest city or traffic hub; standard time without daylight saving,2026-07-31
indonesia,jakarta,Jakarta,ID,-6.21,106.85,7,largest city or traffic hub; standard time without daylight saving,2026-07-31
japan,tokyo,Tokyo,JP,35.68,139.65,9,largest city or traffic hub; standard time without daylight saving,2026-07-31
korea,south-korea|seoul,Seoul,KR,37.57,126.98,9,largest city or traffic hub; standard time without daylight saving,2026-07-31
australia,sydney,Sydney,AU,-33.87,151.21,10,largest city or traffic hub; standard time without daylight saving,2026-07-31
"""# + "\n"),
    ("regions.csv", #"""
cloud,name,city,country,latitude,longitude,geography,data_zone,source,date
aws,us-east-1,Ashburn,US,39.04,-77.49,north-america,us,AWS region list; coordinates of the city or campus,2026-07-31
aws,us-east-2,Columbus,US,39.96,-83.00,north-america,us,AWS region list; coordinates of the city or campus,2026-07-31
aws,us-west-1,San Jose,US,37.34,-121.89,north-america,us,AWS region list; coordinates of the city or campus,2026-07-31
aws,us-west-2,Boardman,US,45.84,-119.70,north-america,us,AWS region list; coordinates of the city or campus,2026-07-31
aws,ca-central-1,Montreal,CA,45.50,-73.57,north-america,,AWS region list; coordinates of the city or campus,2026-07-31
aws,sa-east-1,Sao Paulo,BR,-23.55,-46.63,south-america,,AWS region list; coordinates of the city or campus,2026-07-31
aws,eu-west-1,Dublin,IE,53.35,-6.26,europe,eu,AWS region list; coordinates of the city or campus,2026-07-31
aws,eu-west-2,London,GB,51.51,-0.13,europe,,AWS region list; coordinates of the city or campus,2026-07-31
aws,eu-west-3,Paris,FR,48.86,2.35,europe,eu,AWS region list; coordinates of the city or campus,2026-07-31
aws,eu-central-1,Frankfurt,DE,50.11,8.68,europe,eu,AWS region list; coordinates of the city or campus,2026-07-31
aws,eu-north-1,Stockholm,SE,59.33,18.07,europe,eu,AWS region list; coordinates of the city or campus,2026-07-31
aws,eu-south-1,Milan,IT,45.46,9.19,europe,eu,AWS region list; coordinates of the city or campus,2026-07-31
aws,ap-south-1,Mumbai,IN,19.08,72.88,asia,,AWS region list; coordinates of the city or campus,2026-07-31
aws,ap-southeast-1,Singapore,SG,1.35,103.82,asia,,AWS region list; coordinates of the city or campus,2026-07-31
aws,ap-southeast-2,Sydney,AU,-33.87,151.21,oceania,,AWS region list; coordinates of the city or campus,2026-07-31
aws,ap-northeast-1,Tokyo,JP,35.68,139.65,asia,,AWS region list; coordinates of the city or campus,2026-07-31
aws,ap-northeast-2,Seoul,KR,37.57,126.98,asia,,AWS region list; coordinates of the city or campus,2026-07-31
aws,af-south-1,Cape Town,ZA,-33.92,18.42,africa,,AWS region list; coordinates of the city or campus,2026-07-31
aws,me-south-1,Bahrain,BH,26.07,50.56,middle-east,,AWS region list; coordinates of the city or campus,2026-07-31
azure,eastus,Northern Virginia,US,38.90,-77.50,north-america,us,Azure region list; coordinates of the city or campus,2026-07-31
azure,eastus2,Boydton,US,36.67,-78.39,north-america,us,Azure region list; coordinates of the city or campus,2026-07-31
azure,centralus,Des Moines,US,41.59,-93.62,north-america,us,Azure region list; coordinates of the city or campus,2026-07-31
azure,northcentralus,Chicago,US,41.88,-87.63,north-america,us,Azure region list; coordinates of the city or campus,2026-07-31
azure,southcentralus,San Antonio,US,29.42,-98.50,north-america,us,Azure region list; coordinates of the city or campus,2026-07-31
azure,westus,San Francisco area,US,37.78,-122.42,north-america,us,Azure region list; coordinates of the city or campus,2026-07-31
azure,westus2,Quincy,US,47.23,-119.85,north-america,us,Azure region list; coordinates of the city or campus,2026-07-31
azure,westus3,Phoenix,US,33.45,-112.07,north-america,us,Azure region list; coordinates of the city or campus,2026-07-31
azure,canadacentral,Toronto,CA,43.65,-79.38,north-america,,Azure region list; coordinates of the city or campus,2026-07-31
azure,brazilsouth,Sao Paulo,BR,-23.55,-46.63,south-america,,Azure region list; coordinates of the city or campus,2026-07-31
azure,northeurope,Dublin,IE,53.35,-6.26,europe,eu,Azure region list; coordinates of the city or campus,2026-07-31
azure,westeurope,Amsterdam,NL,52.37,4.89,europe,eu,Azure region list; coordinates of the city or campus,2026-07-31
azure,uksouth,London,GB,51.51,-0.13,europe,,Azure region list; coordinates of the city or campus,2026-07-31
azure,francecentral,Paris,FR,48.86,2.35,europe,eu,Azure region list; coordinates of the city or campus,2026-07-31
azure,germanywestcentral,Frankfurt,DE,50.11,8.68,europe,eu,Azure region list; coordinates of the city or campus,2026-07-31
azure,swedencentral,Gavle,SE,60.67,17.14,europe,eu,Azure region list; coordinates of the city or campus,2026-07-31
azure,switzerlandnorth,Zurich,CH,47.45,8.56,europe,,Azure region list; coordinates of the city or campus,2026-07-31
azure,norwayeast,Oslo,NO,59.91,10.75,europe,,Azure region list; coordinates of the city or campus,2026-07-31
azure,centralindia,Pune,IN,18.58,73.92,asia,,Azure region list; coordinates of the city or campus,2026-07-31
azure,eastasia,Hong Kong,HK,22.27,114.19,asia,,Azure region list; coordinates of the city or campus,2026-07-31
azure,southeastasia,Singapore,SG,1.28,103.83,asia,,Azure region list; coordinates of the city or campus,2026-07-31
azure,japaneast,Tokyo,JP,35.68,139.77,asia,,Azure region list; coordinates of the city or campus,2026-07-31
azure,koreacentral,Seoul,KR,37.57,126.98,asia,,Azure region list; coordinates of the city or campus,2026-07-31
azure,australiaeast,Sydney,AU,-33.86,151.21,oceania,,Azure region list; coordinates of the city or campus,2026-07-31
azure,uaenorth,Dubai,AE,25.27,55.32,middle-east,,Azure region list; coordinates of the city or campus,2026-07-31
azure,southafricanorth,Johannesburg,ZA,-25.73,28.22,africa,,Azure region list; coordinates of the city or campus,2026-07-31
gcp,us-central1,Council Bluffs,US,41.26,-95.86,north-america,us,Google Cloud region list; coordinates of the city or campus,2026-07-31
gcp,us-east1,Moncks Corner,US,33.20,-80.01,north-america,us,Google Cloud region list; coordinates of the city or campus,2026-07-31
gcp,us-east4,Ashburn,US,39.04,-77.49,north-america,us,Google Cloud region list; coordinates of the city or campus,2026-07-31
gcp,us-west1,The Dalles,US,45.59,-121.18,north-america,us,Google Cloud region list; coordinates of the city or campus,2026-07-31
gcp,us-west4,Las Vegas,US,36.17,-115.14,north-america,us,Google Cloud region list; coordinates of the city or campus,2026-07-31
gcp,northamerica-northeast1,Montreal,CA,45.50,-73.57,north-america,,Google Cloud region list; coordinates of the city or campus,2026-07-31
gcp,southamerica-east1,Sao Paulo,BR,-23.55,-46.63,south-america,,Google Cloud region list; coordinates of the city or campus,2026-07-31
gcp,europe-west1,Saint-Ghislain,BE,50.45,3.82,europe,eu,Google Cloud region list; coordinates of the city or campus,2026-07-31
gcp,europe-west2,London,GB,51.51,-0.13,europe,,Google Cloud region list; coordinates of the city or campus,2026-07-31
gcp,europe-west3,Frankfurt,DE,50.11,8.68,europe,eu,Google Cloud region list; coordinates of the city or campus,2026-07-31
gcp,europe-west4,Eemshaven,NL,53.43,6.83,europe,eu,Google Cloud region list; coordinates of the city or campus,2026-07-31
gcp,europe-north1,Hamina,FI,60.57,27.20,europe,eu,Google Cloud region list; coordinates of the city or campus,2026-07-31
gcp,europe-central2,Warsaw,PL,52.23,21.01,europe,eu,Google Cloud region list; coordinates of the city or campus,2026-07-31
gcp,asia-south1,Mumbai,IN,19.08,72.88,asia,,Google Cloud region list; coordinates of the city or campus,2026-07-31
gcp,asia-southeast1,Singapore,SG,1.35,103.82,asia,,Google Cloud region list; coordinates of the city or campus,2026-07-31
gcp,asia-east1,Changhua,TW,24.05,120.52,asia,,Google Cloud region list; coordinates of the city or campus,2026-07-31
gcp,asia-northeast1,Tokyo,JP,35.68,139.65,asia,,Google Cloud region list; coordinates of the city or campus,2026-07-31
gcp,asia-northeast3,Seoul,KR,37.57,126.98,asia,,Google Cloud region list; coordinates of the city or campus,2026-07-31
gcp,australia-southeast1,Sydney,AU,-33.87,151.21,oceania,,Google Cloud region list; coordinates of the city or campus,2026-07-31
"""# + "\n"),
    ("round_trip_model.csv", #"""
parameter,value,source,date
earth_radius_km,6371.0088,IUGG mean radius,1980
fibre_km_per_s,199861.639,"two thirds of the speed of light, refractive index 1.5",2019
route_inflation,1.77,"median over measured pairs more than 1000 km apart, skyplane@55243e1b",2022
region_floor_ms,2.9,"median over measured pairs less than 100 km apart, skyplane@55243e1b",2022
last_mile_ms,10,guess: wired access networks add 5 to 20 ms,2026-07-31
"""# + "\n"),
    ("round_trips.csv", #"""
cloud_a,region_a,cloud_b,region_b,round_trip_ms,source,date
aws,us-east-1,aws,us-east-2,11.5,skyplane@55243e1b,2022
aws,us-east-1,aws,us-west-1,59.5,skyplane@55243e1b,2022
aws,us-east-1,aws,us-west-2,68.4,skyplane@55243e1b,2022
aws,us-east-1,aws,ca-central-1,14.1,skyplane@55243e1b,2022
aws,us-east-1,aws,sa-east-1,115.9,skyplane@55243e1b,2022
aws,us-east-1,aws,eu-west-1,84.9,skyplane@55243e1b,2022
aws,us-east-1,aws,eu-west-2,76.8,skyplane@55243e1b,2022
aws,us-east-1,aws,eu-central-1,89.8,skyplane@55243e1b,2022
aws,us-east-1,aws,eu-north-1,110.1,skyplane@55243e1b,2022
aws,us-east-1,aws,eu-south-1,99.4,skyplane@55243e1b,2022
aws,us-east-1,aws,ap-south-1,187.7,skyplane@55243e1b,2022
aws,us-east-1,aws,ap-southeast-1,236.6,skyplane@55243e1b,2022
aws,us-east-1,aws,ap-southeast-2,197.2,skyplane@55243e1b,2022
aws,us-east-1,aws,ap-northeast-1,168.4,skyplane@55243e1b,2022
aws,us-east-1,aws,ap-northeast-2,194.4,skyplane@55243e1b,2022
aws,us-east-1,aws,af-south-1,219.7,skyplane@55243e1b,2022
aws,us-east-1,aws,me-south-1,157.0,skyplane@55243e1b,2022
aws,us-east-1,azure,eastus,1.9,skyplane@55243e1b,2022
aws,us-east-1,azure,northcentralus,20.0,skyplane@55243e1b,2022
aws,us-east-1,azure,westus,67.0,skyplane@55243e1b,2022
aws,us-east-1,azure,westus3,55.8,skyplane@55243e1b,2022
aws,us-east-1,azure,canadacentral,18.2,skyplane@55243e1b,2022
aws,us-east-1,azure,brazilsouth,118.2,skyplane@55243e1b,2022
aws,us-east-1,azure,northeurope,67.3,skyplane@55243e1b,2022
aws,us-east-1,azure,westeurope,80.5,skyplane@55243e1b,2022
aws,us-east-1,azure,uksouth,76.0,skyplane@55243e1b,2022
aws,us-east-1,azure,francecentral,81.0,skyplane@55243e1b,2022
aws,us-east-1,azure,germanywestcentral,87.3,skyplane@55243e1b,2022
aws,us-east-1,azure,swedencentral,104.4,skyplane@55243e1b,2022
aws,us-east-1,azure,switzerlandnorth,92.4,skyplane@55243e1b,2022
aws,us-east-1,azure,norwayeast,103.5,skyplane@55243e1b,2022
aws,us-east-1,azure,centralindia,197.1,skyplane@55243e1b,2022
aws,us-east-1,azure,eastasia,209.0,skyplane@55243e1b,2022
aws,us-east-1,azure,japaneast,160.0,skyplane@55243e1b,2022
aws,us-east-1,azure,koreacentral,184.4,skyplane@55243e1b,2022
aws,us-east-1,azure,australiaeast,205.4,skyplane@55243e1b,2022
aws,us-east-1,azure,uaenorth,189.0,skyplane@55243e1b,2022
aws,us-east-1,azure,southafricanorth,240.9,skyplane@55243e1b,2022
aws,us-east-1,gcp,us-central1,35.2,skyplane@55243e1b,2022
aws,us-east-1,gcp,us-east1,20.3,skyplane@55243e1b,2022
aws,us-east-1,gcp,us-east4,2.9,skyplane@55243e1b,2022
aws,us-east-1,gcp,us-west1,63.1,skyplane@55243e1b,2022
aws,us-east-1,gcp,us-west4,60.9,skyplane@55243e1b,2022
aws,us-east-1,gcp,northamerica-northeast1,15.2,skyplane@55243e1b,2022
aws,us-east-1,gcp,southamerica-east1,116.2,skyplane@55243e1b,2022
aws,us-east-1,gcp,europe-west1,82.0,skyplane@55243e1b,2022
aws,us-east-1,gcp,europe-west2,121.0,skyplane@55243e1b,2022
aws,us-east-1,gcp,europe-west3,88.3,skyplane@55243e1b,2022
aws,us-east-1,gcp,europe-west4,84.5,skyplane@55243e1b,2022
aws,us-east-1,gcp,europe-north1,104.0,skyplane@55243e1b,2022
aws,us-east-1,gcp,europe-central2,101.9,skyplane@55243e1b,2022
aws,us-east-1,gcp,asia-south1,216.5,skyplane@55243e1b,2022
aws,us-east-1,gcp,asia-southeast1,216.6,skyplane@55243e1b,2022
aws,us-east-1,gcp,asia-east1,181.3,skyplane@55243e1b,2022
aws,us-east-1,gcp,asia-northeast1,153.6,skyplane@55243e1b,2022
aws,us-east-1,gcp,asia-northeast3,200.2,skyplane@55243e1b,2022
aws,us-east-1,gcp,australia-southeast1,199.4,skyplane@55243e1b,2022
aws,us-east-2,aws,us-west-1,49.0,skyplane@55243e1b,2022
aws,us-east-2,aws,us-west-2,54.2,skyplane@55243e1b,2022
aws,us-east-2,aws,ca-central-1,23.8,skyplane@55243e1b,2022
aws,us-east-2,aws,sa-east-1,124.8,skyplane@55243e1b,2022
aws,us-east-2,aws,eu-west-1,76.5,skyplane@55243e1b,2022
aws,us-east-2,aws,eu-west-2,86.3,skyplane@55243e1b,2022
aws,us-east-2,aws,eu-central-1,99.2,skyplane@55243e1b,2022
aws,us-east-2,aws,eu-north-1,118.9,skyplane@55243e1b,2022
aws,us-east-2,aws,eu-south-1,109.4,skyplane@55243e1b,2022
aws,us-east-2,aws,ap-south-1,193.6,skyplane@55243e1b,2022
aws,us-east-2,aws,ap-southeast-1,216.0,skyplane@55243e1b,2022
aws,us-east-2,aws,ap-southeast-2,185.3,skyplane@55243e1b,2022
aws,us-east-2,aws,ap-northeast-1,145.4,skyplane@55243e1b,2022
aws,us-east-2,aws,ap-northeast-2,173.8,skyplane@55243e1b,2022
aws,us-east-2,aws,af-south-1,229.0,skyplane@55243e1b,2022
aws,us-east-2,aws,me-south-1,166.5,skyplane@55243e1b,2022
aws,us-east-2,azure,eastus,11.7,skyplane@55243e1b,2022
aws,us-east-2,azure,northcentralus,21.1,skyplane@55243e1b,2022
aws,us-east-2,azure,westus,69.7,skyplane@55243e1b,2022
aws,us-east-2,azure,westus3,52.7,skyplane@55243e1b,2022
aws,us-east-2,azure,canadacentral,23.3,skyplane@55243e1b,2022
aws,us-east-2,azure,brazilsouth,127.4,skyplane@55243e1b,2022
aws,us-east-2,azure,northeurope,77.1,skyplane@55243e1b,2022
aws,us-east-2,azure,westeurope,90.2,skyplane@55243e1b,2022
aws,us-east-2,azure,uksouth,85.8,skyplane@55243e1b,2022
aws,us-east-2,azure,francecentral,91.0,skyplane@55243e1b,2022
aws,us-east-2,azure,germanywestcentral,97.0,skyplane@55243e1b,2022
aws,us-east-2,azure,swedencentral,114.3,skyplane@55243e1b,2022
aws,us-east-2,azure,switzerlandnorth,101.9,skyplane@55243e1b,2022
aws,us-east-2,azure,norwayeast,112.4,skyplane@55243e1b,2022
aws,us-east-2,azure,centralindia,204.2,skyplane@55243e1b,2022
aws,us-east-2,azure,eastasia,204.2,skyplane@55243e1b,2022
aws,us-east-2,azure,japaneast,162.7,skyplane@55243e1b,2022
aws,us-east-2,azure,koreacentral,184.5,skyplane@55243e1b,2022
aws,us-east-2,azure,australiaeast,208.8,skyplane@55243e1b,2022
aws,us-east-2,azure,uaenorth,199.0,skyplane@55243e1b,2022
aws,us-east-2,azure,southafricanorth,257.3,skyplane@55243e1b,2022
aws,us-east-2,gcp,us-central1,28.8,skyplane@55243e1b,2022
aws,us-east-2,gcp,us-east1,61.5,skyplane@55243e1b,2022
aws,us-east-2,gcp,us-east4,12.9,skyplane@55243e1b,2022
aws,us-east-2,gcp,us-west1,99.4,skyplane@55243e1b,2022
aws,us-east-2,gcp,us-west4,80.4,skyplane@55243e1b,2022
aws,us-east-2,gcp,northamerica-northeast1,24.6,skyplane@55243e1b,2022
aws,us-east-2,gcp,southamerica-east1,166.5,skyplane@55243e1b,2022
aws,us-east-2,gcp,europe-west1,91.3,skyplane@55243e1b,2022
aws,us-east-2,gcp,europe-west2,86.9,skyplane@55243e1b,2022
aws,us-east-2,gcp,europe-west3,97.9,skyplane@55243e1b,2022
aws,us-east-2,gcp,europe-west4,94.4,skyplane@55243e1b,2022
aws,us-east-2,gcp,europe-north1,114.7,skyplane@55243e1b,2022
aws,us-east-2,gcp,europe-central2,112.0,skyplane@55243e1b,2022
aws,us-east-2,gcp,asia-south1,225.6,skyplane@55243e1b,2022
aws,us-east-2,gcp,asia-southeast1,218.1,skyplane@55243e1b,2022
aws,us-east-2,gcp,asia-east1,181.8,skyplane@55243e1b,2022
aws,us-east-2,gcp,asia-northeast1,153.3,skyplane@55243e1b,2022
aws,us-east-2,gcp,asia-northeast3,174.6,skyplane@55243e1b,2022
aws,us-east-2,gcp,australia-southeast1,199.7,skyplane@55243e1b,2022
aws,us-west-1,aws,us-west-2,20.7,skyplane@55243e1b,2022
aws,us-west-1,aws,ca-central-1,78.1,skyplane@55243e1b,2022
aws,us-west-1,aws,sa-east-1,177.0,skyplane@55243e1b,2022
aws,us-west-1,aws,eu-west-1,136.4,skyplane@55243e1b,2022
aws,us-west-1,aws,eu-west-2,146.0,skyplane@55243e1b,2022
aws,us-west-1,aws,eu-central-1,147.4,skyplane@55243e1b,2022
aws,us-west-1,aws,eu-north-1,174.5,skyplane@55243e1b,2022
aws,us-west-1,aws,eu-south-1,158.8,skyplane@55243e1b,2022
aws,us-west-1,aws,ap-south-1,224.3,skyplane@55243e1b,2022
aws,us-west-1,aws,ap-southeast-1,177.6,skyplane@55243e1b,2022
aws,us-west-1,aws,ap-southeast-2,136.4,skyplane@55243e1b,2022
aws,us-west-1,aws,ap-northeast-1,105.1,skyplane@55243e1b,2022
aws,us-west-1,aws,ap-northeast-2,135.1,skyplane@55243e1b,2022
aws,us-west-1,aws,af-south-1,289.9,skyplane@55243e1b,2022
aws,us-west-1,aws,me-south-1,217.1,skyplane@55243e1b,2022
aws,us-west-1,azure,eastus,69.6,skyplane@55243e1b,2022
aws,us-west-1,azure,northcentralus,62.4,skyplane@55243e1b,2022
aws,us-west-1,azure,westus,2.0,skyplane@55243e1b,2022
aws,us-west-1,azure,westus3,17.1,skyplane@55243e1b,2022
aws,us-west-1,azure,canadacentral,65.4,skyplane@55243e1b,2022
aws,us-west-1,azure,brazilsouth,174.5,skyplane@55243e1b,2022
aws,us-west-1,azure,northeurope,134.7,skyplane@55243e1b,2022
aws,us-west-1,azure,westeurope,147.3,skyplane@55243e1b,2022
aws,us-west-1,azure,uksouth,142.3,skyplane@55243e1b,2022
aws,us-west-1,azure,francecentral,146.9,skyplane@55243e1b,2022
aws,us-west-1,azure,germanywestcentral,153.6,skyplane@55243e1b,2022
aws,us-west-1,azure,swedencentral,172.6,skyplane@55243e1b,2022
aws,us-west-1,azure,switzerlandnorth,157.8,skyplane@55243e1b,2022
aws,us-west-1,azure,norwayeast,170.4,skyplane@55243e1b,2022
aws,us-west-1,azure,centralindia,220.2,skyplane@55243e1b,2022
aws,us-west-1,azure,eastasia,154.0,skyplane@55243e1b,2022
aws,us-west-1,azure,japaneast,109.7,skyplane@55243e1b,2022
aws,us-west-1,azure,koreacentral,132.7,skyplane@55243e1b,2022
aws,us-west-1,azure,australiaeast,139.0,skyplane@55243e1b,2022
aws,us-west-1,azure,uaenorth,252.3,skyplane@55243e1b,2022
aws,us-west-1,azure,southafricanorth,316.4,skyplane@55243e1b,2022
aws,us-west-1,gcp,us-central1,50.3,skyplane@55243e1b,2022
aws,us-west-1,gcp,us-east1,70.9,skyplane@55243e1b,2022
aws,us-west-1,gcp,us-east4,71.3,skyplane@55243e1b,2022
aws,us-west-1,gcp,us-west1,21.9,skyplane@55243e1b,2022
aws,us-west-1,gcp,us-west4,15.7,skyplane@55243e1b,2022
aws,us-west-1,gcp,northamerica-northeast1,75.6,skyplane@55243e1b,2022
aws,us-west-1,gcp,southamerica-east1,169.7,skyplane@55243e1b,2022
aws,us-west-1,gcp,europe-west1,145.7,skyplane@55243e1b,2022
aws,us-west-1,gcp,europe-west2,141.8,skyplane@55243e1b,2022
aws,us-west-1,gcp,europe-west3,152.4,skyplane@55243e1b,2022
aws,us-west-1,gcp,europe-west4,148.3,skyplane@55243e1b,2022
aws,us-west-1,gcp,europe-north1,172.5,skyplane@55243e1b,2022
aws,us-west-1,gcp,europe-central2,165.3,skyplane@55243e1b,2022
aws,us-west-1,gcp,asia-south1,236.5,skyplane@55243e1b,2022
aws,us-west-1,gcp,asia-southeast1,173.8,skyplane@55243e1b,2022
aws,us-west-1,gcp,asia-east1,140.2,skyplane@55243e1b,2022
aws,us-west-1,gcp,asia-northeast1,110.3,skyplane@55243e1b,2022
aws,us-west-1,gcp,asia-northeast3,137.9,skyplane@55243e1b,2022
aws,us-west-1,gcp,australia-southeast1,148.1,skyplane@55243e1b,2022
aws,us-west-2,aws,ca-central-1,66.8,skyplane@55243e1b,2022
aws,us-west-2,aws,sa-east-1,186.7,skyplane@55243e1b,2022
aws,us-west-2,aws,eu-west-1,122.3,skyplane@55243e1b,2022
aws,us-west-2,aws,eu-west-2,130.4,skyplane@55243e1b,2022
aws,us-west-2,aws,eu-central-1,147.4,skyplane@55243e1b,2022
aws,us-west-2,aws,eu-north-1,156.8,skyplane@55243e1b,2022
aws,us-west-2,aws,eu-south-1,156.8,skyplane@55243e1b,2022
aws,us-west-2,aws,ap-south-1,210.8,skyplane@55243e1b,2022
aws,us-west-2,aws,ap-southeast-1,166.3,skyplane@55243e1b,2022
aws,us-west-2,aws,ap-southeast-2,138.6,skyplane@55243e1b,2022
aws,us-west-2,aws,ap-northeast-1,97.6,skyplane@55243e1b,2022
aws,us-west-2,aws,ap-northeast-2,125.3,skyplane@55243e1b,2022
aws,us-west-2,aws,af-south-1,279.1,skyplane@55243e1b,2022
aws,us-west-2,aws,me-south-1,216.6,skyplane@55243e1b,2022
aws,us-west-2,azure,eastus,79.6,skyplane@55243e1b,2022
aws,us-west-2,azure,northcentralus,65.4,skyplane@55243e1b,2022
aws,us-west-2,azure,westus,21.2,skyplane@55243e1b,2022
aws,us-west-2,azure,westus3,34.9,skyplane@55243e1b,2022
aws,us-west-2,azure,canadacentral,77.0,skyplane@55243e1b,2022
aws,us-west-2,azure,brazilsouth,197.4,skyplane@55243e1b,2022
aws,us-west-2,azure,northeurope,146.2,skyplane@55243e1b,2022
aws,us-west-2,azure,westeurope,159.3,skyplane@55243e1b,2022
aws,us-west-2,azure,uksouth,158.5,skyplane@55243e1b,2022
aws,us-west-2,azure,francecentral,163.6,skyplane@55243e1b,2022
aws,us-west-2,azure,germanywestcentral,168.3,skyplane@55243e1b,2022
aws,us-west-2,azure,swedencentral,191.1,skyplane@55243e1b,2022
aws,us-west-2,azure,switzerlandnorth,171.7,skyplane@55243e1b,2022
aws,us-west-2,azure,norwayeast,185.8,skyplane@55243e1b,2022
aws,us-west-2,azure,centralindia,208.5,skyplane@55243e1b,2022
aws,us-west-2,azure,eastasia,144.3,skyplane@55243e1b,2022
aws,us-west-2,azure,japaneast,97.9,skyplane@55243e1b,2022
aws,us-west-2,azure,koreacentral,121.3,skyplane@55243e1b,2022
aws,us-west-2,azure,australiaeast,158.0,skyplane@55243e1b,2022
aws,us-west-2,azure,uaenorth,249.4,skyplane@55243e1b,2022
aws,us-west-2,azure,southafricanorth,331.6,skyplane@55243e1b,2022
aws,us-west-2,gcp,us-central1,63.3,skyplane@55243e1b,2022
aws,us-west-2,gcp,us-east1,82.7,skyplane@55243e1b,2022
aws,us-west-2,gcp,us-east4,81.8,skyplane@55243e1b,2022
aws,us-west-2,gcp,us-west1,40.8,skyplane@55243e1b,2022
aws,us-west-2,gcp,us-west4,40.6,skyplane@55243e1b,2022
aws,us-west-2,gcp,northamerica-northeast1,86.8,skyplane@55243e1b,2022
aws,us-west-2,gcp,southamerica-east1,188.0,skyplane@55243e1b,2022
aws,us-west-2,gcp,europe-west1,156.8,skyplane@55243e1b,2022
aws,us-west-2,gcp,europe-west2,151.6,skyplane@55243e1b,2022
aws,us-west-2,gcp,europe-west3,160.9,skyplane@55243e1b,2022
aws,us-west-2,gcp,europe-west4,160.9,skyplane@55243e1b,2022
aws,us-west-2,gcp,europe-north1,169.2,skyplane@55243e1b,2022
aws,us-west-2,gcp,europe-central2,200.4,skyplane@55243e1b,2022
aws,us-west-2,gcp,asia-south1,225.3,skyplane@55243e1b,2022
aws,us-west-2,gcp,asia-southeast1,181.9,skyplane@55243e1b,2022
aws,us-west-2,gcp,asia-east1,131.5,skyplane@55243e1b,2022
aws,us-west-2,gcp,asia-northeast1,135.2,skyplane@55243e1b,2022
aws,us-west-2,gcp,asia-northeast3,137.2,skyplane@55243e1b,2022
aws,us-west-2,gcp,australia-southeast1,148.0,skyplane@55243e1b,2022
aws,ca-central-1,aws,sa-east-1,125.4,skyplane@55243e1b,2022
aws,ca-central-1,aws,eu-west-1,69.3,skyplane@55243e1b,2022
aws,ca-central-1,aws,eu-west-2,77.2,skyplane@55243e1b,2022
aws,ca-central-1,aws,eu-central-1,89.4,skyplane@55243e1b,2022
aws,ca-central-1,aws,eu-north-1,106.4,skyplane@55243e1b,2022
aws,ca-central-1,aws,eu-south-1,99.1,skyplane@55243e1b,2022
aws,ca-central-1,aws,ap-south-1,186.8,skyplane@55243e1b,2022
aws,ca-central-1,aws,ap-southeast-1,221.6,skyplane@55243e1b,2022
aws,ca-central-1,aws,ap-southeast-2,196.3,skyplane@55243e1b,2022
aws,ca-central-1,aws,ap-northeast-1,157.9,skyplane@55243e1b,2022
aws,ca-central-1,aws,ap-northeast-2,181.3,skyplane@55243e1b,2022
aws,ca-central-1,aws,af-south-1,220.8,skyplane@55243e1b,2022
aws,ca-central-1,aws,me-south-1,155.6,skyplane@55243e1b,2022
aws,ca-central-1,azure,eastus,18.0,skyplane@55243e1b,2022
aws,ca-central-1,azure,northcentralus,21.0,skyplane@55243e1b,2022
aws,ca-central-1,azure,westus,77.1,skyplane@55243e1b,2022
aws,ca-central-1,azure,westus3,68.3,skyplane@55243e1b,2022
aws,ca-central-1,azure,canadacentral,9.1,skyplane@55243e1b,2022
aws,ca-central-1,azure,brazilsouth,128.4,skyplane@55243e1b,2022
aws,ca-central-1,azure,northeurope,77.9,skyplane@55243e1b,2022
aws,ca-central-1,azure,westeurope,91.5,skyplane@55243e1b,2022
aws,ca-central-1,azure,uksouth,86.1,skyplane@55243e1b,2022
aws,ca-central-1,azure,francecentral,91.5,skyplane@55243e1b,2022
aws,ca-central-1,azure,germanywestcentral,96.4,skyplane@55243e1b,2022
aws,ca-central-1,azure,swedencentral,116.1,skyplane@55243e1b,2022
aws,ca-central-1,azure,switzerlandnorth,102.0,skyplane@55243e1b,2022
aws,ca-central-1,azure,norwayeast,114.3,skyplane@55243e1b,2022
aws,ca-central-1,azure,centralindia,205.8,skyplane@55243e1b,2022
aws,ca-central-1,azure,eastasia,221.3,skyplane@55243e1b,2022
aws,ca-central-1,azure,japaneast,168.5,skyplane@55243e1b,2022
aws,ca-central-1,azure,koreacentral,192.4,skyplane@55243e1b,2022
aws,ca-central-1,azure,australiaeast,213.9,skyplane@55243e1b,2022
aws,ca-central-1,azure,uaenorth,199.2,skyplane@55243e1b,2022
aws,ca-central-1,azure,southafricanorth,253.2,skyplane@55243e1b,2022
aws,ca-central-1,gcp,us-central1,30.1,skyplane@55243e1b,2022
aws,ca-central-1,gcp,us-east1,31.9,skyplane@55243e1b,2022
aws,ca-central-1,gcp,us-east4,15.4,skyplane@55243e1b,2022
aws,ca-central-1,gcp,us-west1,71.0,skyplane@55243e1b,2022
aws,ca-central-1,gcp,us-west4,71.7,skyplane@55243e1b,2022
aws,ca-central-1,gcp,northamerica-northeast1,8.7,skyplane@55243e1b,2022
aws,ca-central-1,gcp,southamerica-east1,128.6,skyplane@55243e1b,2022
aws,ca-central-1,gcp,europe-west1,83.6,skyplane@55243e1b,2022
aws,ca-central-1,gcp,europe-west2,79.8,skyplane@55243e1b,2022
aws,ca-central-1,gcp,europe-west3,89.7,skyplane@55243e1b,2022
aws,ca-central-1,gcp,europe-west4,85.4,skyplane@55243e1b,2022
aws,ca-central-1,gcp,europe-north1,121.2,skyplane@55243e1b,2022
aws,ca-central-1,gcp,europe-central2,103.3,skyplane@55243e1b,2022
aws,ca-central-1,gcp,asia-south1,221.6,skyplane@55243e1b,2022
aws,ca-central-1,gcp,asia-southeast1,213.5,skyplane@55243e1b,2022
aws,ca-central-1,gcp,asia-east1,189.3,skyplane@55243e1b,2022
aws,ca-central-1,gcp,asia-northeast1,159.2,skyplane@55243e1b,2022
aws,ca-central-1,gcp,asia-northeast3,188.9,skyplane@55243e1b,2022
aws,ca-central-1,gcp,australia-southeast1,206.5,skyplane@55243e1b,2022
aws,sa-east-1,aws,eu-west-1,179.6,skyplane@55243e1b,2022
aws,sa-east-1,aws,eu-west-2,188.9,skyplane@55243e1b,2022
aws,sa-east-1,aws,eu-central-1,203.0,skyplane@55243e1b,2022
aws,sa-east-1,aws,eu-north-1,222.9,skyplane@55243e1b,2022
aws,sa-east-1,aws,eu-south-1,210.7,skyplane@55243e1b,2022
aws,sa-east-1,aws,ap-south-1,298.7,skyplane@55243e1b,2022
aws,sa-east-1,aws,ap-southeast-1,359.2,skyplane@55243e1b,2022
aws,sa-east-1,aws,ap-southeast-2,307.9,skyplane@55243e1b,2022
aws,sa-east-1,aws,ap-northeast-1,281.7,skyplane@55243e1b,2022
aws,sa-east-1,aws,ap-northeast-2,308.4,skyplane@55243e1b,2022
aws,sa-east-1,aws,af-south-1,335.1,skyplane@55243e1b,2022
aws,sa-east-1,aws,me-south-1,271.1,skyplane@55243e1b,2022
aws,sa-east-1,azure,eastus,117.0,skyplane@55243e1b,2022
aws,sa-east-1,azure,northcentralus,140.1,skyplane@55243e1b,2022
aws,sa-east-1,azure,westus,179.7,skyplane@55243e1b,2022
aws,sa-east-1,azure,westus3,161.9,skyplane@55243e1b,2022
aws,sa-east-1,azure,canadacentral,132.8,skyplane@55243e1b,2022
aws,sa-east-1,azure,brazilsouth,4.7,skyplane@55243e1b,2022
aws,sa-east-1,azure,northeurope,177.0,skyplane@55243e1b,2022
aws,sa-east-1,azure,westeurope,190.8,skyplane@55243e1b,2022
aws,sa-east-1,azure,uksouth,183.5,skyplane@55243e1b,2022
aws,sa-east-1,azure,francecentral,190.3,skyplane@55243e1b,2022
aws,sa-east-1,azure,germanywestcentral,196.2,skyplane@55243e1b,2022
aws,sa-east-1,azure,swedencentral,216.1,skyplane@55243e1b,2022
aws,sa-east-1,azure,switzerlandnorth,199.7,skyplane@55243e1b,2022
aws,sa-east-1,azure,norwayeast,211.2,skyplane@55243e1b,2022
aws,sa-east-1,azure,centralindia,305.6,skyplane@55243e1b,2022
aws,sa-east-1,azure,eastasia,310.4,skyplane@55243e1b,2022
aws,sa-east-1,azure,japaneast,272.6,skyplane@55243e1b,2022
aws,sa-east-1,azure,koreacentral,301.0,skyplane@55243e1b,2022
aws,sa-east-1,azure,australiaeast,315.5,skyplane@55243e1b,2022
aws,sa-east-1,azure,uaenorth,298.8,skyplane@55243e1b,2022
aws,sa-east-1,azure,southafricanorth,353.5,skyplane@55243e1b,2022
aws,sa-east-1,gcp,us-central1,140.7,skyplane@55243e1b,2022
aws,sa-east-1,gcp,us-east1,132.2,skyplane@55243e1b,2022
aws,sa-east-1,gcp,us-east4,124.5,skyplane@55243e1b,2022
aws,sa-east-1,gcp,us-west1,170.2,skyplane@55243e1b,2022
aws,sa-east-1,gcp,us-west4,169.5,skyplane@55243e1b,2022
aws,sa-east-1,gcp,northamerica-northeast1,129.1,skyplane@55243e1b,2022
aws,sa-east-1,gcp,southamerica-east1,3.7,skyplane@55243e1b,2022
aws,sa-east-1,gcp,europe-west1,195.8,skyplane@55243e1b,2022
aws,sa-east-1,gcp,europe-west2,191.9,skyplane@55243e1b,2022
aws,sa-east-1,gcp,europe-west3,199.6,skyplane@55243e1b,2022
aws,sa-east-1,gcp,europe-west4,197.5,skyplane@55243e1b,2022
aws,sa-east-1,gcp,europe-north1,210.3,skyplane@55243e1b,2022
aws,sa-east-1,gcp,europe-central2,214.7,skyplane@55243e1b,2022
aws,sa-east-1,gcp,asia-south1,341.2,skyplane@55243e1b,2022
aws,sa-east-1,gcp,asia-southeast1,326.1,skyplane@55243e1b,2022
aws,sa-east-1,gcp,asia-east1,292.9,skyplane@55243e1b,2022
aws,sa-east-1,gcp,asia-northeast1,268.0,skyplane@55243e1b,2022
aws,sa-east-1,gcp,asia-northeast3,294.4,skyplane@55243e1b,2022
aws,sa-east-1,gcp,australia-southeast1,282.3,skyplane@55243e1b,2022
aws,eu-west-1,aws,eu-west-2,10.7,skyplane@55243e1b,2022
aws,eu-west-1,aws,eu-central-1,22.5,skyplane@55243e1b,2022
aws,eu-west-1,aws,eu-north-1,40.0,skyplane@55243e1b,2022
aws,eu-west-1,aws,eu-south-1,33.4,skyplane@55243e1b,2022
aws,eu-west-1,aws,ap-south-1,121.5,skyplane@55243e1b,2022
aws,eu-west-1,aws,ap-southeast-1,178.7,skyplane@55243e1b,2022
aws,eu-west-1,aws,ap-southeast-2,254.8,skyplane@55243e1b,2022
aws,eu-west-1,aws,ap-northeast-1,214.4,skyplane@55243e1b,2022
aws,eu-west-1,aws,ap-northeast-2,240.6,skyplane@55243e1b,2022
aws,eu-west-1,aws,af-south-1,155.0,skyplane@55243e1b,2022
aws,eu-west-1,aws,me-south-1,92.2,skyplane@55243e1b,2022
aws,eu-west-1,azure,eastus,67.2,skyplane@55243e1b,2022
aws,eu-west-1,azure,northcentralus,87.8,skyplane@55243e1b,2022
aws,eu-west-1,azure,westus,136.5,skyplane@55243e1b,2022
aws,eu-west-1,azure,westus3,118.1,skyplane@55243e1b,2022
aws,eu-west-1,azure,canadacentral,80.4,skyplane@55243e1b,2022
aws,eu-west-1,azure,brazilsouth,171.2,skyplane@55243e1b,2022
aws,eu-west-1,azure,northeurope,1.6,skyplane@55243e1b,2022
aws,eu-west-1,azure,westeurope,20.2,skyplane@55243e1b,2022
aws,eu-west-1,azure,uksouth,11.8,skyplane@55243e1b,2022
aws,eu-west-1,azure,francecentral,21.7,skyplane@55243e1b,2022
aws,eu-west-1,azure,germanywestcentral,23.4,skyplane@55243e1b,2022
aws,eu-west-1,azure,swedencentral,43.0,skyplane@55243e1b,2022
aws,eu-west-1,azure,switzerlandnorth,33.3,skyplane@55243e1b,2022
aws,eu-west-1,azure,norwayeast,38.0,skyplane@55243e1b,2022
aws,eu-west-1,azure,centralindia,143.7,skyplane@55243e1b,2022
aws,eu-west-1,azure,eastasia,212.2,skyplane@55243e1b,2022
aws,eu-west-1,azure,japaneast,250.1,skyplane@55243e1b,2022
aws,eu-west-1,azure,koreacentral,255.5,skyplane@55243e1b,2022
aws,eu-west-1,azure,australiaeast,269.1,skyplane@55243e1b,2022
aws,eu-west-1,azure,uaenorth,129.1,skyplane@55243e1b,2022
aws,eu-west-1,azure,southafricanorth,176.8,skyplane@55243e1b,2022
aws,eu-west-1,gcp,us-central1,105.4,skyplane@55243e1b,2022
aws,eu-west-1,gcp,us-east1,98.3,skyplane@55243e1b,2022
aws,eu-west-1,gcp,us-east4,86.5,skyplane@55243e1b,2022
aws,eu-west-1,gcp,us-west1,116.8,skyplane@55243e1b,2022
aws,eu-west-1,gcp,us-west4,147.3,skyplane@55243e1b,2022
aws,eu-west-1,gcp,northamerica-northeast1,87.5,skyplane@55243e1b,2022
aws,eu-west-1,gcp,southamerica-east1,214.2,skyplane@55243e1b,2022
aws,eu-west-1,gcp,europe-west1,19.1,skyplane@55243e1b,2022
aws,eu-west-1,gcp,europe-west2,12.8,skyplane@55243e1b,2022
aws,eu-west-1,gcp,europe-west3,23.6,skyplane@55243e1b,2022
aws,eu-west-1,gcp,europe-west4,32.8,skyplane@55243e1b,2022
aws,eu-west-1,gcp,europe-north1,48.0,skyplane@55243e1b,2022
aws,eu-west-1,gcp,europe-central2,36.4,skyplane@55243e1b,2022
aws,eu-west-1,gcp,asia-south1,178.6,skyplane@55243e1b,2022
aws,eu-west-1,gcp,asia-southeast1,216.0,skyplane@55243e1b,2022
aws,eu-west-1,gcp,asia-east1,255.9,skyplane@55243e1b,2022
aws,eu-west-1,gcp,asia-northeast1,214.7,skyplane@55243e1b,2022
aws,eu-west-1,gcp,asia-northeast3,252.6,skyplane@55243e1b,2022
aws,eu-west-1,gcp,australia-southeast1,271.7,skyplane@55243e1b,2022
aws,eu-west-2,aws,eu-central-1,13.4,skyplane@55243e1b,2022
aws,eu-west-2,aws,eu-north-1,32.1,skyplane@55243e1b,2022
aws,eu-west-2,aws,eu-south-1,25.9,skyplane@55243e1b,2022
aws,eu-west-2,aws,ap-south-1,110.5,skyplane@55243e1b,2022
aws,eu-west-2,aws,ap-southeast-1,170.4,skyplane@55243e1b,2022
aws,eu-west-2,aws,ap-southeast-2,263.7,skyplane@55243e1b,2022
aws,eu-west-2,aws,ap-northeast-1,224.2,skyplane@55243e1b,2022
aws,eu-west-2,aws,ap-northeast-2,249.8,skyplane@55243e1b,2022
aws,eu-west-2,aws,af-south-1,146.8,skyplane@55243e1b,2022
aws,eu-west-2,aws,me-south-1,82.9,skyplane@55243e1b,2022
aws,eu-west-2,azure,eastus,78.3,skyplane@55243e1b,2022
aws,eu-west-2,azure,northcentralus,97.0,skyplane@55243e1b,2022
aws,eu-west-2,azure,westus,147.5,skyplane@55243e1b,2022
aws,eu-west-2,azure,westus3,131.3,skyplane@55243e1b,2022
aws,eu-west-2,azure,canadacentral,91.6,skyplane@55243e1b,2022
aws,eu-west-2,azure,brazilsouth,182.7,skyplane@55243e1b,2022
aws,eu-west-2,azure,northeurope,13.5,skyplane@55243e1b,2022
aws,eu-west-2,azure,westeurope,9.2,skyplane@55243e1b,2022
aws,eu-west-2,azure,uksouth,4.1,skyplane@55243e1b,2022
aws,eu-west-2,azure,francecentral,10.0,skyplane@55243e1b,2022
aws,eu-west-2,azure,germanywestcentral,16.2,skyplane@55243e1b,2022
aws,eu-west-2,azure,swedencentral,33.9,skyplane@55243e1b,2022
aws,eu-west-2,azure,switzerlandnorth,26.3,skyplane@55243e1b,2022
aws,eu-west-2,azure,norwayeast,30.2,skyplane@55243e1b,2022
aws,eu-west-2,azure,centralindia,136.9,skyplane@55243e1b,2022
aws,eu-west-2,azure,eastasia,204.1,skyplane@55243e1b,2022
aws,eu-west-2,azure,japaneast,242.9,skyplane@55243e1b,2022
aws,eu-west-2,azure,koreacentral,246.1,skyplane@55243e1b,2022
aws,eu-west-2,azure,australiaeast,261.4,skyplane@55243e1b,2022
aws,eu-west-2,azure,uaenorth,119.6,skyplane@55243e1b,2022
aws,eu-west-2,azure,southafricanorth,170.7,skyplane@55243e1b,2022
aws,eu-west-2,gcp,us-central1,96.2,skyplane@55243e1b,2022
aws,eu-west-2,gcp,us-east1,88.9,skyplane@55243e1b,2022
aws,eu-west-2,gcp,us-east4,87.2,skyplane@55243e1b,2022
aws,eu-west-2,gcp,us-west1,130.7,skyplane@55243e1b,2022
aws,eu-west-2,gcp,us-west4,135.1,skyplane@55243e1b,2022
aws,eu-west-2,gcp,northamerica-northeast1,78.4,skyplane@55243e1b,2022
aws,eu-west-2,gcp,southamerica-east1,190.9,skyplane@55243e1b,2022
aws,eu-west-2,gcp,europe-west1,10.0,skyplane@55243e1b,2022
aws,eu-west-2,gcp,europe-west2,24.2,skyplane@55243e1b,2022
aws,eu-west-2,gcp,europe-west3,15.1,skyplane@55243e1b,2022
aws,eu-west-2,gcp,europe-west4,12.8,skyplane@55243e1b,2022
aws,eu-west-2,gcp,europe-north1,73.0,skyplane@55243e1b,2022
aws,eu-west-2,gcp,europe-central2,29.9,skyplane@55243e1b,2022
aws,eu-west-2,gcp,asia-south1,149.9,skyplane@55243e1b,2022
aws,eu-west-2,gcp,asia-southeast1,200.2,skyplane@55243e1b,2022
aws,eu-west-2,gcp,asia-east1,245.0,skyplane@55243e1b,2022
aws,eu-west-2,gcp,asia-northeast1,218.3,skyplane@55243e1b,2022
aws,eu-west-2,gcp,asia-northeast3,244.3,skyplane@55243e1b,2022
aws,eu-west-2,gcp,australia-southeast1,263.3,skyplane@55243e1b,2022
aws,eu-central-1,aws,eu-north-1,22.0,skyplane@55243e1b,2022
aws,eu-central-1,aws,eu-south-1,11.2,skyplane@55243e1b,2022
aws,eu-central-1,aws,ap-south-1,113.9,skyplane@55243e1b,2022
aws,eu-central-1,aws,ap-southeast-1,155.1,skyplane@55243e1b,2022
aws,eu-central-1,aws,ap-southeast-2,245.6,skyplane@55243e1b,2022
aws,eu-central-1,aws,ap-northeast-1,222.8,skyplane@55243e1b,2022
aws,eu-central-1,aws,ap-northeast-2,249.1,skyplane@55243e1b,2022
aws,eu-central-1,aws,af-south-1,164.4,skyplane@55243e1b,2022
aws,eu-central-1,aws,me-south-1,83.6,skyplane@55243e1b,2022
aws,eu-central-1,azure,eastus,88.7,skyplane@55243e1b,2022
aws,eu-central-1,azure,northcentralus,107.3,skyplane@55243e1b,2022
aws,eu-central-1,azure,westus,157.5,skyplane@55243e1b,2022
aws,eu-central-1,azure,westus3,137.4,skyplane@55243e1b,2022
aws,eu-central-1,azure,canadacentral,100.3,skyplane@55243e1b,2022
aws,eu-central-1,azure,brazilsouth,193.5,skyplane@55243e1b,2022
aws,eu-central-1,azure,northeurope,23.1,skyplane@55243e1b,2022
aws,eu-central-1,azure,westeurope,7.3,skyplane@55243e1b,2022
aws,eu-central-1,azure,uksouth,15.8,skyplane@55243e1b,2022
aws,eu-central-1,azure,francecentral,9.8,skyplane@55243e1b,2022
aws,eu-central-1,azure,germanywestcentral,2.4,skyplane@55243e1b,2022
aws,eu-central-1,azure,swedencentral,22.1,skyplane@55243e1b,2022
aws,eu-central-1,azure,switzerlandnorth,10.8,skyplane@55243e1b,2022
aws,eu-central-1,azure,norwayeast,23.6,skyplane@55243e1b,2022
aws,eu-central-1,azure,centralindia,136.1,skyplane@55243e1b,2022
aws,eu-central-1,azure,eastasia,204.8,skyplane@55243e1b,2022
aws,eu-central-1,azure,japaneast,242.9,skyplane@55243e1b,2022
aws,eu-central-1,azure,koreacentral,246.2,skyplane@55243e1b,2022
aws,eu-central-1,azure,australiaeast,263.4,skyplane@55243e1b,2022
aws,eu-central-1,azure,uaenorth,120.2,skyplane@55243e1b,2022
aws,eu-central-1,azure,southafricanorth,175.0,skyplane@55243e1b,2022
aws,eu-central-1,gcp,us-central1,107.6,skyplane@55243e1b,2022
aws,eu-central-1,gcp,us-east1,99.8,skyplane@55243e1b,2022
aws,eu-central-1,gcp,us-east4,109.2,skyplane@55243e1b,2022
aws,eu-central-1,gcp,us-west1,139.5,skyplane@55243e1b,2022
aws,eu-central-1,gcp,us-west4,147.1,skyplane@55243e1b,2022
aws,eu-central-1,gcp,northamerica-northeast1,90.1,skyplane@55243e1b,2022
aws,eu-central-1,gcp,southamerica-east1,202.4,skyplane@55243e1b,2022
aws,eu-central-1,gcp,europe-west1,10.9,skyplane@55243e1b,2022
aws,eu-central-1,gcp,europe-west2,14.1,skyplane@55243e1b,2022
aws,eu-central-1,gcp,europe-west3,2.0,skyplane@55243e1b,2022
aws,eu-central-1,gcp,europe-west4,26.0,skyplane@55243e1b,2022
aws,eu-central-1,gcp,europe-north1,92.0,skyplane@55243e1b,2022
aws,eu-central-1,gcp,europe-central2,54.3,skyplane@55243e1b,2022
aws,eu-central-1,gcp,asia-south1,134.7,skyplane@55243e1b,2022
aws,eu-central-1,gcp,asia-southeast1,205.3,skyplane@55243e1b,2022
aws,eu-central-1,gcp,asia-east1,235.2,skyplane@55243e1b,2022
aws,eu-central-1,gcp,asia-northeast1,230.3,skyplane@55243e1b,2022
aws,eu-central-1,gcp,asia-northeast3,255.3,skyplane@55243e1b,2022
aws,eu-central-1,gcp,australia-southeast1,276.7,skyplane@55243e1b,2022
aws,eu-north-1,aws,eu-south-1,31.8,skyplane@55243e1b,2022
aws,eu-north-1,aws,ap-south-1,132.8,skyplane@55243e1b,2022
aws,eu-north-1,aws,ap-southeast-1,174.1,skyplane@55243e1b,2022
aws,eu-north-1,aws,ap-southeast-2,290.5,skyplane@55243e1b,2022
aws,eu-north-1,aws,ap-northeast-1,243.5,skyplane@55243e1b,2022
aws,eu-north-1,aws,ap-northeast-2,271.9,skyplane@55243e1b,2022
aws,eu-north-1,aws,af-south-1,169.1,skyplane@55243e1b,2022
aws,eu-north-1,aws,me-south-1,102.9,skyplane@55243e1b,2022
aws,eu-north-1,azure,eastus,106.2,skyplane@55243e1b,2022
aws,eu-north-1,azure,northcentralus,126.6,skyplane@55243e1b,2022
aws,eu-north-1,azure,westus,175.1,skyplane@55243e1b,2022
aws,eu-north-1,azure,westus3,162.1,skyplane@55243e1b,2022
aws,eu-north-1,azure,canadacentral,118.5,skyplane@55243e1b,2022
aws,eu-north-1,azure,brazilsouth,210.8,skyplane@55243e1b,2022
aws,eu-north-1,azure,northeurope,42.6,skyplane@55243e1b,2022
aws,eu-north-1,azure,westeurope,22.5,skyplane@55243e1b,2022
aws,eu-north-1,azure,uksouth,32.7,skyplane@55243e1b,2022
aws,eu-north-1,azure,francecentral,31.2,skyplane@55243e1b,2022
aws,eu-north-1,azure,germanywestcentral,24.9,skyplane@55243e1b,2022
aws,eu-north-1,azure,swedencentral,8.2,skyplane@55243e1b,2022
aws,eu-north-1,azure,switzerlandnorth,34.3,skyplane@55243e1b,2022
aws,eu-north-1,azure,norwayeast,15.0,skyplane@55243e1b,2022
aws,eu-north-1,azure,centralindia,156.4,skyplane@55243e1b,2022
aws,eu-north-1,azure,eastasia,224.4,skyplane@55243e1b,2022
aws,eu-north-1,azure,japaneast,264.3,skyplane@55243e1b,2022
aws,eu-north-1,azure,koreacentral,268.9,skyplane@55243e1b,2022
aws,eu-north-1,azure,australiaeast,282.8,skyplane@55243e1b,2022
aws,eu-north-1,azure,uaenorth,139.8,skyplane@55243e1b,2022
aws,eu-north-1,azure,southafricanorth,198.5,skyplane@55243e1b,2022
aws,eu-north-1,gcp,us-central1,126.5,skyplane@55243e1b,2022
aws,eu-north-1,gcp,us-east1,112.4,skyplane@55243e1b,2022
aws,eu-north-1,gcp,us-east4,102.4,skyplane@55243e1b,2022
aws,eu-north-1,gcp,us-west1,134.8,skyplane@55243e1b,2022
aws,eu-north-1,gcp,us-west4,161.2,skyplane@55243e1b,2022
aws,eu-north-1,gcp,northamerica-northeast1,104.3,skyplane@55243e1b,2022
aws,eu-north-1,gcp,southamerica-east1,214.4,skyplane@55243e1b,2022
aws,eu-north-1,gcp,europe-west1,31.0,skyplane@55243e1b,2022
aws,eu-north-1,gcp,europe-west2,33.8,skyplane@55243e1b,2022
aws,eu-north-1,gcp,europe-west3,26.3,skyplane@55243e1b,2022
aws,eu-north-1,gcp,europe-west4,23.1,skyplane@55243e1b,2022
aws,eu-north-1,gcp,europe-north1,11.7,skyplane@55243e1b,2022
aws,eu-north-1,gcp,europe-central2,32.1,skyplane@55243e1b,2022
aws,eu-north-1,gcp,asia-south1,157.0,skyplane@55243e1b,2022
aws,eu-north-1,gcp,asia-southeast1,222.1,skyplane@55243e1b,2022
aws,eu-north-1,gcp,asia-east1,272.5,skyplane@55243e1b,2022
aws,eu-north-1,gcp,asia-northeast1,240.9,skyplane@55243e1b,2022
aws,eu-north-1,gcp,asia-northeast3,270.2,skyplane@55243e1b,2022
aws,eu-north-1,gcp,australia-southeast1,289.2,skyplane@55243e1b,2022
aws,eu-south-1,aws,ap-south-1,108.6,skyplane@55243e1b,2022
aws,eu-south-1,aws,ap-southeast-1,146.8,skyplane@55243e1b,2022
aws,eu-south-1,aws,ap-southeast-2,238.1,skyplane@55243e1b,2022
aws,eu-south-1,aws,ap-northeast-1,215.1,skyplane@55243e1b,2022
aws,eu-south-1,aws,ap-northeast-2,241.0,skyplane@55243e1b,2022
aws,eu-south-1,aws,af-south-1,186.0,skyplane@55243e1b,2022
aws,eu-south-1,aws,me-south-1,91.9,skyplane@55243e1b,2022
aws,eu-south-1,azure,eastus,97.8,skyplane@55243e1b,2022
aws,eu-south-1,azure,northcentralus,118.5,skyplane@55243e1b,2022
aws,eu-south-1,azure,westus,167.7,skyplane@55243e1b,2022
aws,eu-south-1,azure,westus3,150.3,skyplane@55243e1b,2022
aws,eu-south-1,azure,canadacentral,110.1,skyplane@55243e1b,2022
aws,eu-south-1,azure,brazilsouth,201.9,skyplane@55243e1b,2022
aws,eu-south-1,azure,northeurope,33.4,skyplane@55243e1b,2022
aws,eu-south-1,azure,westeurope,17.1,skyplane@55243e1b,2022
aws,eu-south-1,azure,uksouth,26.1,skyplane@55243e1b,2022
aws,eu-south-1,azure,francecentral,19.4,skyplane@55243e1b,2022
aws,eu-south-1,azure,germanywestcentral,11.8,skyplane@55243e1b,2022
aws,eu-south-1,azure,swedencentral,36.5,skyplane@55243e1b,2022
aws,eu-south-1,azure,switzerlandnorth,6.0,skyplane@55243e1b,2022
aws,eu-south-1,azure,norwayeast,32.5,skyplane@55243e1b,2022
aws,eu-south-1,azure,centralindia,111.7,skyplane@55243e1b,2022
aws,eu-south-1,azure,eastasia,173.9,skyplane@55243e1b,2022
aws,eu-south-1,azure,japaneast,211.7,skyplane@55243e1b,2022
aws,eu-south-1,azure,koreacentral,217.0,skyplane@55243e1b,2022
aws,eu-south-1,azure,australiaeast,228.7,skyplane@55243e1b,2022
aws,eu-south-1,azure,uaenorth,106.9,skyplane@55243e1b,2022
aws,eu-south-1,azure,southafricanorth,168.9,skyplane@55243e1b,2022
aws,eu-south-1,gcp,us-central1,119.3,skyplane@55243e1b,2022
aws,eu-south-1,gcp,us-east1,108.0,skyplane@55243e1b,2022
aws,eu-south-1,gcp,us-east4,97.4,skyplane@55243e1b,2022
aws,eu-south-1,gcp,us-west1,146.3,skyplane@55243e1b,2022
aws,eu-south-1,gcp,us-west4,155.1,skyplane@55243e1b,2022
aws,eu-south-1,gcp,northamerica-northeast1,98.6,skyplane@55243e1b,2022
aws,eu-south-1,gcp,southamerica-east1,211.2,skyplane@55243e1b,2022
aws,eu-south-1,gcp,europe-west1,20.3,skyplane@55243e1b,2022
aws,eu-south-1,gcp,europe-west2,25.9,skyplane@55243e1b,2022
aws,eu-south-1,gcp,europe-west3,32.2,skyplane@55243e1b,2022
aws,eu-south-1,gcp,europe-west4,17.2,skyplane@55243e1b,2022
aws,eu-south-1,gcp,europe-north1,36.7,skyplane@55243e1b,2022
aws,eu-south-1,gcp,europe-central2,37.1,skyplane@55243e1b,2022
aws,eu-south-1,gcp,asia-south1,126.4,skyplane@55243e1b,2022
aws,eu-south-1,gcp,asia-southeast1,206.6,skyplane@55243e1b,2022
aws,eu-south-1,gcp,asia-east1,248.9,skyplane@55243e1b,2022
aws,eu-south-1,gcp,asia-northeast1,221.3,skyplane@55243e1b,2022
aws,eu-south-1,gcp,asia-northeast3,266.6,skyplane@55243e1b,2022
aws,eu-south-1,gcp,australia-southeast1,273.1,skyplane@55243e1b,2022
aws,ap-south-1,aws,ap-southeast-1,59.3,skyplane@55243e1b,2022
aws,ap-south-1,aws,ap-southeast-2,140.7,skyplane@55243e1b,2022
aws,ap-south-1,aws,ap-northeast-1,129.7,skyplane@55243e1b,2022
aws,ap-south-1,aws,ap-northeast-2,151.6,skyplane@55243e1b,2022
aws,ap-south-1,aws,af-south-1,156.4,skyplane@55243e1b,2022
aws,ap-south-1,aws,me-south-1,35.9,skyplane@55243e1b,2022
aws,ap-south-1,azure,eastus,199.8,skyplane@55243e1b,2022
aws,ap-south-1,azure,northcentralus,219.7,skyplane@55243e1b,2022
aws,ap-south-1,azure,westus,256.6,skyplane@55243e1b,2022
aws,ap-south-1,azure,westus3,249.8,skyplane@55243e1b,2022
aws,ap-south-1,azure,canadacentral,212.0,skyplane@55243e1b,2022
aws,ap-south-1,azure,brazilsouth,304.1,skyplane@55243e1b,2022
aws,ap-south-1,azure,northeurope,134.2,skyplane@55243e1b,2022
aws,ap-south-1,azure,westeurope,126.7,skyplane@55243e1b,2022
aws,ap-south-1,azure,uksouth,127.4,skyplane@55243e1b,2022
aws,ap-south-1,azure,francecentral,122.6,skyplane@55243e1b,2022
aws,ap-south-1,azure,germanywestcentral,120.3,skyplane@55243e1b,2022
aws,ap-south-1,azure,swedencentral,145.5,skyplane@55243e1b,2022
aws,ap-south-1,azure,switzerlandnorth,116.4,skyplane@55243e1b,2022
aws,ap-south-1,azure,norwayeast,142.2,skyplane@55243e1b,2022
aws,ap-south-1,azure,centralindia,5.5,skyplane@55243e1b,2022
aws,ap-south-1,azure,eastasia,89.4,skyplane@55243e1b,2022
aws,ap-south-1,azure,japaneast,125.3,skyplane@55243e1b,2022
aws,ap-south-1,azure,koreacentral,142.7,skyplane@55243e1b,2022
aws,ap-south-1,azure,australiaeast,150.5,skyplane@55243e1b,2022
aws,ap-south-1,azure,uaenorth,29.0,skyplane@55243e1b,2022
aws,ap-south-1,azure,southafricanorth,271.5,skyplane@55243e1b,2022
aws,ap-south-1,gcp,us-central1,236.3,skyplane@55243e1b,2022
aws,ap-south-1,gcp,us-east1,215.9,skyplane@55243e1b,2022
aws,ap-south-1,gcp,us-east4,204.5,skyplane@55243e1b,2022
aws,ap-south-1,gcp,us-west1,233.8,skyplane@55243e1b,2022
aws,ap-south-1,gcp,us-west4,208.9,skyplane@55243e1b,2022
aws,ap-south-1,gcp,northamerica-northeast1,209.3,skyplane@55243e1b,2022
aws,ap-south-1,gcp,southamerica-east1,320.9,skyplane@55243e1b,2022
aws,ap-south-1,gcp,europe-west1,130.9,skyplane@55243e1b,2022
aws,ap-south-1,gcp,europe-west2,140.5,skyplane@55243e1b,2022
aws,ap-south-1,gcp,europe-west3,127.5,skyplane@55243e1b,2022
aws,ap-south-1,gcp,europe-west4,134.5,skyplane@55243e1b,2022
aws,ap-south-1,gcp,europe-north1,157.0,skyplane@55243e1b,2022
aws,ap-south-1,gcp,europe-central2,143.4,skyplane@55243e1b,2022
aws,ap-south-1,gcp,asia-south1,2.1,skyplane@55243e1b,2022
aws,ap-south-1,gcp,asia-southeast1,62.3,skyplane@55243e1b,2022
aws,ap-south-1,gcp,asia-east1,99.1,skyplane@55243e1b,2022
aws,ap-south-1,gcp,asia-northeast1,129.2,skyplane@55243e1b,2022
aws,ap-south-1,gcp,asia-northeast3,180.2,skyplane@55243e1b,2022
aws,ap-south-1,gcp,australia-southeast1,194.6,skyplane@55243e1b,2022
aws,ap-southeast-1,aws,ap-southeast-2,93.4,skyplane@55243e1b,2022
aws,ap-southeast-1,aws,ap-northeast-1,74.6,skyplane@55243e1b,2022
aws,ap-southeast-1,aws,ap-northeast-2,95.8,skyplane@55243e1b,2022
aws,ap-southeast-1,aws,af-south-1,202.2,skyplane@55243e1b,2022
aws,ap-southeast-1,aws,me-south-1,94.3,skyplane@55243e1b,2022
aws,ap-southeast-1,azure,eastus,220.7,skyplane@55243e1b,2022
aws,ap-southeast-1,azure,northcentralus,210.9,skyplane@55243e1b,2022
aws,ap-southeast-1,azure,westus,170.5,skyplane@55243e1b,2022
aws,ap-southeast-1,azure,westus3,174.5,skyplane@55243e1b,2022
aws,ap-southeast-1,azure,canadacentral,224.5,skyplane@55243e1b,2022
aws,ap-southeast-1,azure,brazilsouth,328.6,skyplane@55243e1b,2022
aws,ap-southeast-1,azure,northeurope,160.5,skyplane@55243e1b,2022
aws,ap-southeast-1,azure,westeurope,157.7,skyplane@55243e1b,2022
aws,ap-southeast-1,azure,uksouth,151.8,skyplane@55243e1b,2022
aws,ap-southeast-1,azure,francecentral,147.3,skyplane@55243e1b,2022
aws,ap-southeast-1,azure,germanywestcentral,153.7,skyplane@55243e1b,2022
aws,ap-southeast-1,azure,swedencentral,176.6,skyplane@55243e1b,2022
aws,ap-southeast-1,azure,switzerlandnorth,145.4,skyplane@55243e1b,2022
aws,ap-southeast-1,azure,norwayeast,172.4,skyplane@55243e1b,2022
aws,ap-southeast-1,azure,centralindia,48.2,skyplane@55243e1b,2022
aws,ap-southeast-1,azure,eastasia,34.5,skyplane@55243e1b,2022
aws,ap-southeast-1,azure,japaneast,69.6,skyplane@55243e1b,2022
aws,ap-southeast-1,azure,koreacentral,83.7,skyplane@55243e1b,2022
aws,ap-southeast-1,azure,australiaeast,89.3,skyplane@55243e1b,2022
aws,ap-southeast-1,azure,uaenorth,77.6,skyplane@55243e1b,2022
aws,ap-southeast-1,azure,southafricanorth,293.4,skyplane@55243e1b,2022
aws,ap-southeast-1,gcp,us-central1,193.9,skyplane@55243e1b,2022
aws,ap-southeast-1,gcp,us-east1,217.4,skyplane@55243e1b,2022
aws,ap-southeast-1,gcp,us-east4,212.0,skyplane@55243e1b,2022
aws,ap-southeast-1,gcp,us-west1,152.5,skyplane@55243e1b,2022
aws,ap-southeast-1,gcp,us-west4,169.9,skyplane@55243e1b,2022
aws,ap-southeast-1,gcp,northamerica-northeast1,218.7,skyplane@55243e1b,2022
aws,ap-southeast-1,gcp,southamerica-east1,323.2,skyplane@55243e1b,2022
aws,ap-southeast-1,gcp,europe-west1,204.1,skyplane@55243e1b,2022
aws,ap-southeast-1,gcp,europe-west2,204.4,skyplane@55243e1b,2022
aws,ap-southeast-1,gcp,europe-west3,198.7,skyplane@55243e1b,2022
aws,ap-southeast-1,gcp,europe-west4,205.9,skyplane@55243e1b,2022
aws,ap-southeast-1,gcp,europe-north1,224.3,skyplane@55243e1b,2022
aws,ap-southeast-1,gcp,europe-central2,213.2,skyplane@55243e1b,2022
aws,ap-southeast-1,gcp,asia-south1,61.9,skyplane@55243e1b,2022
aws,ap-southeast-1,gcp,asia-southeast1,2.6,skyplane@55243e1b,2022
aws,ap-southeast-1,gcp,asia-east1,45.8,skyplane@55243e1b,2022
aws,ap-southeast-1,gcp,asia-northeast1,71.7,skyplane@55243e1b,2022
aws,ap-southeast-1,gcp,asia-northeast3,138.3,skyplane@55243e1b,2022
aws,ap-southeast-1,gcp,australia-southeast1,101.4,skyplane@55243e1b,2022
aws,ap-southeast-2,aws,ap-northeast-1,114.6,skyplane@55243e1b,2022
aws,ap-southeast-2,aws,ap-northeast-2,148.0,skyplane@55243e1b,2022
aws,ap-southeast-2,aws,af-south-1,403.4,skyplane@55243e1b,2022
aws,ap-southeast-2,aws,me-south-1,168.8,skyplane@55243e1b,2022
aws,ap-southeast-2,azure,eastus,202.3,skyplane@55243e1b,2022
aws,ap-southeast-2,azure,northcentralus,190.5,skyplane@55243e1b,2022
aws,ap-southeast-2,azure,westus,137.0,skyplane@55243e1b,2022
aws,ap-southeast-2,azure,westus3,152.5,skyplane@55243e1b,2022
aws,ap-southeast-2,azure,canadacentral,206.7,skyplane@55243e1b,2022
aws,ap-southeast-2,azure,brazilsouth,320.2,skyplane@55243e1b,2022
aws,ap-southeast-2,azure,northeurope,262.3,skyplane@55243e1b,2022
aws,ap-southeast-2,azure,westeurope,262.5,skyplane@55243e1b,2022
aws,ap-southeast-2,azure,uksouth,261.6,skyplane@55243e1b,2022
aws,ap-southeast-2,azure,francecentral,262.0,skyplane@55243e1b,2022
aws,ap-southeast-2,azure,germanywestcentral,266.6,skyplane@55243e1b,2022
aws,ap-southeast-2,azure,swedencentral,285.3,skyplane@55243e1b,2022
aws,ap-southeast-2,azure,switzerlandnorth,261.8,skyplane@55243e1b,2022
aws,ap-southeast-2,azure,norwayeast,279.4,skyplane@55243e1b,2022
aws,ap-southeast-2,azure,centralindia,136.7,skyplane@55243e1b,2022
aws,ap-southeast-2,azure,eastasia,120.1,skyplane@55243e1b,2022
aws,ap-southeast-2,azure,japaneast,112.5,skyplane@55243e1b,2022
aws,ap-southeast-2,azure,koreacentral,170.9,skyplane@55243e1b,2022
aws,ap-southeast-2,azure,australiaeast,2.4,skyplane@55243e1b,2022
aws,ap-southeast-2,azure,uaenorth,165.5,skyplane@55243e1b,2022
aws,ap-southeast-2,azure,southafricanorth,415.1,skyplane@55243e1b,2022
aws,ap-southeast-2,gcp,us-central1,184.1,skyplane@55243e1b,2022
aws,ap-southeast-2,gcp,us-east1,203.0,skyplane@55243e1b,2022
aws,ap-southeast-2,gcp,us-east4,198.7,skyplane@55243e1b,2022
aws,ap-southeast-2,gcp,us-west1,140.4,skyplane@55243e1b,2022
aws,ap-southeast-2,gcp,us-west4,148.1,skyplane@55243e1b,2022
aws,ap-southeast-2,gcp,northamerica-northeast1,194.4,skyplane@55243e1b,2022
aws,ap-southeast-2,gcp,southamerica-east1,302.2,skyplane@55243e1b,2022
aws,ap-southeast-2,gcp,europe-west1,278.1,skyplane@55243e1b,2022
aws,ap-southeast-2,gcp,europe-west2,274.6,skyplane@55243e1b,2022
aws,ap-southeast-2,gcp,europe-west3,274.6,skyplane@55243e1b,2022
aws,ap-southeast-2,gcp,europe-west4,265.7,skyplane@55243e1b,2022
aws,ap-southeast-2,gcp,europe-north1,304.1,skyplane@55243e1b,2022
aws,ap-southeast-2,gcp,europe-central2,298.6,skyplane@55243e1b,2022
aws,ap-southeast-2,gcp,asia-south1,149.0,skyplane@55243e1b,2022
aws,ap-southeast-2,gcp,asia-southeast1,93.9,skyplane@55243e1b,2022
aws,ap-southeast-2,gcp,asia-east1,148.6,skyplane@55243e1b,2022
aws,ap-southeast-2,gcp,asia-northeast1,112.2,skyplane@55243e1b,2022
aws,ap-southeast-2,gcp,asia-northeast3,148.5,skyplane@55243e1b,2022
aws,ap-southeast-2,gcp,australia-southeast1,2.4,skyplane@55243e1b,2022
aws,ap-northeast-1,aws,ap-northeast-2,32.4,skyplane@55243e1b,2022
aws,ap-northeast-1,aws,af-south-1,370.3,skyplane@55243e1b,2022
aws,ap-northeast-1,aws,me-south-1,157.6,skyplane@55243e1b,2022
aws,ap-northeast-1,azure,eastus,159.4,skyplane@55243e1b,2022
aws,ap-northeast-1,azure,northcentralus,145.5,skyplane@55243e1b,2022
aws,ap-northeast-1,azure,westus,106.6,skyplane@55243e1b,2022
aws,ap-northeast-1,azure,westus3,107.4,skyplane@55243e1b,2022
aws,ap-northeast-1,azure,canadacentral,157.2,skyplane@55243e1b,2022
aws,ap-northeast-1,azure,brazilsouth,266.5,skyplane@55243e1b,2022
aws,ap-northeast-1,azure,northeurope,233.4,skyplane@55243e1b,2022
aws,ap-northeast-1,azure,westeurope,231.3,skyplane@55243e1b,2022
aws,ap-northeast-1,azure,uksouth,232.1,skyplane@55243e1b,2022
aws,ap-northeast-1,azure,francecentral,218.4,skyplane@55243e1b,2022
aws,ap-northeast-1,azure,germanywestcentral,223.0,skyplane@55243e1b,2022
aws,ap-northeast-1,azure,swedencentral,254.4,skyplane@55243e1b,2022
aws,ap-northeast-1,azure,switzerlandnorth,217.5,skyplane@55243e1b,2022
aws,ap-northeast-1,azure,norwayeast,244.8,skyplane@55243e1b,2022
aws,ap-northeast-1,azure,centralindia,123.0,skyplane@55243e1b,2022
aws,ap-northeast-1,azure,eastasia,53.4,skyplane@55243e1b,2022
aws,ap-northeast-1,azure,japaneast,4.1,skyplane@55243e1b,2022
aws,ap-northeast-1,azure,koreacentral,31.0,skyplane@55243e1b,2022
aws,ap-northeast-1,azure,australiaeast,142.6,skyplane@55243e1b,2022
aws,ap-northeast-1,azure,uaenorth,148.0,skyplane@55243e1b,2022
aws,ap-northeast-1,azure,southafricanorth,366.0,skyplane@55243e1b,2022
aws,ap-northeast-1,gcp,us-central1,137.0,skyplane@55243e1b,2022
aws,ap-northeast-1,gcp,us-east1,156.6,skyplane@55243e1b,2022
aws,ap-northeast-1,gcp,us-east4,150.8,skyplane@55243e1b,2022
aws,ap-northeast-1,gcp,us-west1,110.2,skyplane@55243e1b,2022
aws,ap-northeast-1,gcp,us-west4,107.7,skyplane@55243e1b,2022
aws,ap-northeast-1,gcp,northamerica-northeast1,157.2,skyplane@55243e1b,2022
aws,ap-northeast-1,gcp,southamerica-east1,272.2,skyplane@55243e1b,2022
aws,ap-northeast-1,gcp,europe-west1,220.4,skyplane@55243e1b,2022
aws,ap-northeast-1,gcp,europe-west2,220.7,skyplane@55243e1b,2022
aws,ap-northeast-1,gcp,europe-west3,228.2,skyplane@55243e1b,2022
aws,ap-northeast-1,gcp,europe-west4,225.1,skyplane@55243e1b,2022
aws,ap-northeast-1,gcp,europe-north1,247.7,skyplane@55243e1b,2022
aws,ap-northeast-1,gcp,europe-central2,241.5,skyplane@55243e1b,2022
aws,ap-northeast-1,gcp,asia-south1,132.4,skyplane@55243e1b,2022
aws,ap-northeast-1,gcp,asia-southeast1,72.2,skyplane@55243e1b,2022
aws,ap-northeast-1,gcp,asia-east1,38.0,skyplane@55243e1b,2022
aws,ap-northeast-1,gcp,asia-northeast1,4.6,skyplane@55243e1b,2022
aws,ap-northeast-1,gcp,asia-northeast3,33.5,skyplane@55243e1b,2022
aws,ap-northeast-1,gcp,australia-southeast1,144.7,skyplane@55243e1b,2022
aws,ap-northeast-2,aws,af-south-1,396.1,skyplane@55243e1b,2022
aws,ap-northeast-2,aws,me-south-1,172.0,skyplane@55243e1b,2022
aws,ap-northeast-2,azure,eastus,188.3,skyplane@55243e1b,2022
aws,ap-northeast-2,azure,northcentralus,170.1,skyplane@55243e1b,2022
aws,ap-northeast-2,azure,westus,131.7,skyplane@55243e1b,2022
aws,ap-northeast-2,azure,westus3,134.6,skyplane@55243e1b,2022
aws,ap-northeast-2,azure,canadacentral,184.8,skyplane@55243e1b,2022
aws,ap-northeast-2,azure,brazilsouth,298.2,skyplane@55243e1b,2022
aws,ap-northeast-2,azure,northeurope,251.7,skyplane@55243e1b,2022
aws,ap-northeast-2,azure,westeurope,246.8,skyplane@55243e1b,2022
aws,ap-northeast-2,azure,uksouth,238.4,skyplane@55243e1b,2022
aws,ap-northeast-2,azure,francecentral,229.9,skyplane@55243e1b,2022
aws,ap-northeast-2,azure,germanywestcentral,232.3,skyplane@55243e1b,2022
aws,ap-northeast-2,azure,swedencentral,262.6,skyplane@55243e1b,2022
aws,ap-northeast-2,azure,switzerlandnorth,234.1,skyplane@55243e1b,2022
aws,ap-northeast-2,azure,norwayeast,261.2,skyplane@55243e1b,2022
aws,ap-northeast-2,azure,centralindia,134.5,skyplane@55243e1b,2022
aws,ap-northeast-2,azure,eastasia,88.8,skyplane@55243e1b,2022
aws,ap-northeast-2,azure,japaneast,31.3,skyplane@55243e1b,2022
aws,ap-northeast-2,azure,koreacentral,2.9,skyplane@55243e1b,2022
aws,ap-northeast-2,azure,australiaeast,169.2,skyplane@55243e1b,2022
aws,ap-northeast-2,azure,uaenorth,160.8,skyplane@55243e1b,2022
aws,ap-northeast-2,azure,southafricanorth,381.3,skyplane@55243e1b,2022
aws,ap-northeast-2,gcp,us-central1,158.4,skyplane@55243e1b,2022
aws,ap-northeast-2,gcp,us-east1,185.6,skyplane@55243e1b,2022
aws,ap-northeast-2,gcp,us-east4,179.9,skyplane@55243e1b,2022
aws,ap-northeast-2,gcp,us-west1,136.9,skyplane@55243e1b,2022
aws,ap-northeast-2,gcp,us-west4,137.7,skyplane@55243e1b,2022
aws,ap-northeast-2,gcp,northamerica-northeast1,155.8,skyplane@55243e1b,2022
aws,ap-northeast-2,gcp,southamerica-east1,288.8,skyplane@55243e1b,2022
aws,ap-northeast-2,gcp,europe-west1,254.0,skyplane@55243e1b,2022
aws,ap-northeast-2,gcp,europe-west2,236.2,skyplane@55243e1b,2022
aws,ap-northeast-2,gcp,europe-west3,258.3,skyplane@55243e1b,2022
aws,ap-northeast-2,gcp,europe-west4,255.9,skyplane@55243e1b,2022
aws,ap-northeast-2,gcp,europe-north1,279.0,skyplane@55243e1b,2022
aws,ap-northeast-2,gcp,europe-central2,271.4,skyplane@55243e1b,2022
aws,ap-northeast-2,gcp,asia-south1,171.1,skyplane@55243e1b,2022
aws,ap-northeast-2,gcp,asia-southeast1,103.1,skyplane@55243e1b,2022
aws,ap-northeast-2,gcp,asia-east1,65.7,skyplane@55243e1b,2022
aws,ap-northeast-2,gcp,asia-northeast1,34.3,skyplane@55243e1b,2022
aws,ap-northeast-2,gcp,asia-northeast3,2.9,skyplane@55243e1b,2022
aws,ap-northeast-2,gcp,australia-southeast1,171.7,skyplane@55243e1b,2022
aws,af-south-1,aws,me-south-1,140.8,skyplane@55243e1b,2022
aws,af-south-1,azure,eastus,225.4,skyplane@55243e1b,2022
aws,af-south-1,azure,northcentralus,246.2,skyplane@55243e1b,2022
aws,af-south-1,azure,westus,294.6,skyplane@55243e1b,2022
aws,af-south-1,azure,westus3,279.2,skyplane@55243e1b,2022
aws,af-south-1,azure,canadacentral,234.7,skyplane@55243e1b,2022
aws,af-south-1,azure,brazilsouth,326.0,skyplane@55243e1b,2022
aws,af-south-1,azure,northeurope,161.2,skyplane@55243e1b,2022
aws,af-south-1,azure,westeurope,151.8,skyplane@55243e1b,2022
aws,af-south-1,azure,uksouth,147.4,skyplane@55243e1b,2022
aws,af-south-1,azure,francecentral,152.9,skyplane@55243e1b,2022
aws,af-south-1,azure,germanywestcentral,163.3,skyplane@55243e1b,2022
aws,af-south-1,azure,swedencentral,176.4,skyplane@55243e1b,2022
aws,af-south-1,azure,switzerlandnorth,179.5,skyplane@55243e1b,2022
aws,af-south-1,azure,norwayeast,193.1,skyplane@55243e1b,2022
aws,af-south-1,azure,centralindia,228.1,skyplane@55243e1b,2022
aws,af-south-1,azure,eastasia,293.7,skyplane@55243e1b,2022
aws,af-south-1,azure,japaneast,334.6,skyplane@55243e1b,2022
aws,af-south-1,azure,koreacentral,334.6,skyplane@55243e1b,2022
aws,af-south-1,azure,australiaeast,347.3,skyplane@55243e1b,2022
aws,af-south-1,azure,uaenorth,135.6,skyplane@55243e1b,2022
aws,af-south-1,azure,southafricanorth,19.4,skyplane@55243e1b,2022
aws,af-south-1,gcp,us-central1,255.8,skyplane@55243e1b,2022
aws,af-south-1,gcp,us-east1,247.4,skyplane@55243e1b,2022
aws,af-south-1,gcp,us-east4,234.8,skyplane@55243e1b,2022
aws,af-south-1,gcp,us-west1,282.5,skyplane@55243e1b,2022
aws,af-south-1,gcp,us-west4,292.6,skyplane@55243e1b,2022
aws,af-south-1,gcp,northamerica-northeast1,233.2,skyplane@55243e1b,2022
aws,af-south-1,gcp,southamerica-east1,327.0,skyplane@55243e1b,2022
aws,af-south-1,gcp,europe-west1,164.7,skyplane@55243e1b,2022
aws,af-south-1,gcp,europe-west2,153.8,skyplane@55243e1b,2022
aws,af-south-1,gcp,europe-west3,159.9,skyplane@55243e1b,2022
aws,af-south-1,gcp,europe-west4,168.3,skyplane@55243e1b,2022
aws,af-south-1,gcp,europe-north1,200.2,skyplane@55243e1b,2022
aws,af-south-1,gcp,europe-central2,187.1,skyplane@55243e1b,2022
aws,af-south-1,gcp,asia-south1,232.6,skyplane@55243e1b,2022
aws,af-south-1,gcp,asia-southeast1,311.4,skyplane@55243e1b,2022
aws,af-south-1,gcp,asia-east1,399.4,skyplane@55243e1b,2022
aws,af-south-1,gcp,asia-northeast1,380.3,skyplane@55243e1b,2022
aws,af-south-1,gcp,asia-northeast3,365.3,skyplane@55243e1b,2022
aws,af-south-1,gcp,australia-southeast1,421.9,skyplane@55243e1b,2022
aws,me-south-1,azure,eastus,176.4,skyplane@55243e1b,2022
aws,me-south-1,azure,northcentralus,198.7,skyplane@55243e1b,2022
aws,me-south-1,azure,westus,245.4,skyplane@55243e1b,2022
aws,me-south-1,azure,westus3,226.1,skyplane@55243e1b,2022
aws,me-south-1,azure,canadacentral,189.6,skyplane@55243e1b,2022
aws,me-south-1,azure,brazilsouth,282.1,skyplane@55243e1b,2022
aws,me-south-1,azure,northeurope,113.1,skyplane@55243e1b,2022
aws,me-south-1,azure,westeurope,110.3,skyplane@55243e1b,2022
aws,me-south-1,azure,uksouth,104.0,skyplane@55243e1b,2022
aws,me-south-1,azure,francecentral,98.2,skyplane@55243e1b,2022
aws,me-south-1,azure,germanywestcentral,105.1,skyplane@55243e1b,2022
aws,me-south-1,azure,swedencentral,126.9,skyplane@55243e1b,2022
aws,me-south-1,azure,switzerlandnorth,97.5,skyplane@55243e1b,2022
aws,me-south-1,azure,norwayeast,127.6,skyplane@55243e1b,2022
aws,me-south-1,azure,centralindia,39.1,skyplane@55243e1b,2022
aws,me-south-1,azure,eastasia,116.8,skyplane@55243e1b,2022
aws,me-south-1,azure,japaneast,150.7,skyplane@55243e1b,2022
aws,me-south-1,azure,koreacentral,156.5,skyplane@55243e1b,2022
aws,me-south-1,azure,australiaeast,171.1,skyplane@55243e1b,2022
aws,me-south-1,azure,uaenorth,10.0,skyplane@55243e1b,2022
aws,me-south-1,azure,southafricanorth,195.1,skyplane@55243e1b,2022
aws,me-south-1,gcp,us-central1,189.8,skyplane@55243e1b,2022
aws,me-south-1,gcp,us-east1,185.7,skyplane@55243e1b,2022
aws,me-south-1,gcp,us-east4,175.9,skyplane@55243e1b,2022
aws,me-south-1,gcp,us-west1,228.5,skyplane@55243e1b,2022
aws,me-south-1,gcp,us-west4,233.6,skyplane@55243e1b,2022
aws,me-south-1,gcp,northamerica-northeast1,180.3,skyplane@55243e1b,2022
aws,me-south-1,gcp,southamerica-east1,261.8,skyplane@55243e1b,2022
aws,me-south-1,gcp,europe-west1,100.5,skyplane@55243e1b,2022
aws,me-south-1,gcp,europe-west2,105.4,skyplane@55243e1b,2022
aws,me-south-1,gcp,europe-west3,103.9,skyplane@55243e1b,2022
aws,me-south-1,gcp,europe-west4,84.4,skyplane@55243e1b,2022
aws,me-south-1,gcp,europe-north1,131.4,skyplane@55243e1b,2022
aws,me-south-1,gcp,europe-central2,117.1,skyplane@55243e1b,2022
aws,me-south-1,gcp,asia-south1,39.4,skyplane@55243e1b,2022
aws,me-south-1,gcp,asia-southeast1,96.7,skyplane@55243e1b,2022
aws,me-south-1,gcp,asia-east1,137.4,skyplane@55243e1b,2022
aws,me-south-1,gcp,asia-northeast1,166.2,skyplane@55243e1b,2022
aws,me-south-1,gcp,asia-northeast3,173.9,skyplane@55243e1b,2022
aws,me-south-1,gcp,australia-southeast1,190.3,skyplane@55243e1b,2022
azure,eastus,azure,northcentralus,16.0,skyplane@55243e1b,2022
azure,eastus,azure,westus,61.7,skyplane@55243e1b,2022
azure,eastus,azure,westus3,49.1,skyplane@55243e1b,2022
azure,eastus,azure,canadacentral,18.9,skyplane@55243e1b,2022
azure,eastus,azure,brazilsouth,116.8,skyplane@55243e1b,2022
azure,eastus,azure,northeurope,66.4,skyplane@55243e1b,2022
azure,eastus,azure,westeurope,80.3,skyplane@55243e1b,2022
azure,eastus,azure,uksouth,76.3,skyplane@55243e1b,2022
azure,eastus,azure,francecentral,81.2,skyplane@55243e1b,2022
azure,eastus,azure,germanywestcentral,87.8,skyplane@55243e1b,2022
azure,eastus,azure,swedencentral,103.5,skyplane@55243e1b,2022
azure,eastus,azure,switzerlandnorth,94.0,skyplane@55243e1b,2022
azure,eastus,azure,norwayeast,101.5,skyplane@55243e1b,2022
azure,eastus,azure,centralindia,196.8,skyplane@55243e1b,2022
azure,eastus,azure,eastasia,197.6,skyplane@55243e1b,2022
azure,eastus,azure,japaneast,156.2,skyplane@55243e1b,2022
azure,eastus,azure,koreacentral,178.5,skyplane@55243e1b,2022
azure,eastus,azure,australiaeast,234.3,skyplane@55243e1b,2022
azure,eastus,azure,uaenorth,189.1,skyplane@55243e1b,2022
azure,eastus,azure,southafricanorth,244.2,skyplane@55243e1b,2022
azure,eastus,gcp,us-central1,35.6,skyplane@55243e1b,2022
azure,eastus,gcp,us-east1,19.0,skyplane@55243e1b,2022
azure,eastus,gcp,us-east4,2.4,skyplane@55243e1b,2022
azure,eastus,gcp,us-west1,95.2,skyplane@55243e1b,2022
azure,eastus,gcp,us-west4,64.0,skyplane@55243e1b,2022
azure,eastus,gcp,northamerica-northeast1,18.4,skyplane@55243e1b,2022
azure,eastus,gcp,southamerica-east1,116.1,skyplane@55243e1b,2022
azure,eastus,gcp,europe-west1,81.9,skyplane@55243e1b,2022
azure,eastus,gcp,europe-west2,78.6,skyplane@55243e1b,2022
azure,eastus,gcp,europe-west3,99.9,skyplane@55243e1b,2022
azure,eastus,gcp,europe-west4,84.5,skyplane@55243e1b,2022
azure,eastus,gcp,europe-north1,124.2,skyplane@55243e1b,2022
azure,eastus,gcp,europe-central2,101.8,skyplane@55243e1b,2022
azure,eastus,gcp,asia-south1,205.5,skyplane@55243e1b,2022
azure,eastus,gcp,asia-southeast1,221.3,skyplane@55243e1b,2022
azure,eastus,gcp,asia-east1,195.1,skyplane@55243e1b,2022
azure,eastus,gcp,asia-northeast1,155.8,skyplane@55243e1b,2022
azure,eastus,gcp,asia-northeast3,181.5,skyplane@55243e1b,2022
azure,eastus,gcp,australia-southeast1,199.5,skyplane@55243e1b,2022
azure,northcentralus,azure,westus,48.1,skyplane@55243e1b,2022
azure,northcentralus,azure,westus3,55.5,skyplane@55243e1b,2022
azure,northcentralus,azure,canadacentral,15.1,skyplane@55243e1b,2022
azure,northcentralus,azure,brazilsouth,137.4,skyplane@55243e1b,2022
azure,northcentralus,azure,northeurope,81.4,skyplane@55243e1b,2022
azure,northcentralus,azure,westeurope,95.5,skyplane@55243e1b,2022
azure,northcentralus,azure,uksouth,91.7,skyplane@55243e1b,2022
azure,northcentralus,azure,francecentral,96.5,skyplane@55243e1b,2022
azure,northcentralus,azure,germanywestcentral,103.1,skyplane@55243e1b,2022
azure,northcentralus,azure,swedencentral,126.2,skyplane@55243e1b,2022
azure,northcentralus,azure,switzerlandnorth,108.9,skyplane@55243e1b,2022
azure,northcentralus,azure,norwayeast,117.1,skyplane@55243e1b,2022
azure,northcentralus,azure,centralindia,214.0,skyplane@55243e1b,2022
azure,northcentralus,azure,eastasia,192.1,skyplane@55243e1b,2022
azure,northcentralus,azure,japaneast,142.0,skyplane@55243e1b,2022
azure,northcentralus,azure,koreacentral,164.1,skyplane@55243e1b,2022
azure,northcentralus,azure,australiaeast,181.7,skyplane@55243e1b,2022
azure,northcentralus,azure,uaenorth,209.5,skyplane@55243e1b,2022
azure,northcentralus,azure,southafricanorth,261.1,skyplane@55243e1b,2022
azure,northcentralus,gcp,us-central1,12.9,skyplane@55243e1b,2022
azure,northcentralus,gcp,us-east1,29.0,skyplane@55243e1b,2022
azure,northcentralus,gcp,us-east4,21.0,skyplane@55243e1b,2022
azure,northcentralus,gcp,us-west1,66.5,skyplane@55243e1b,2022
azure,northcentralus,gcp,us-west4,54.2,skyplane@55243e1b,2022
azure,northcentralus,gcp,northamerica-northeast1,21.6,skyplane@55243e1b,2022
azure,northcentralus,gcp,southamerica-east1,133.3,skyplane@55243e1b,2022
azure,northcentralus,gcp,europe-west1,104.4,skyplane@55243e1b,2022
azure,northcentralus,gcp,europe-west2,93.1,skyplane@55243e1b,2022
azure,northcentralus,gcp,europe-west3,102.6,skyplane@55243e1b,2022
azure,northcentralus,gcp,europe-west4,98.0,skyplane@55243e1b,2022
azure,northcentralus,gcp,europe-north1,126.6,skyplane@55243e1b,2022
azure,northcentralus,gcp,europe-central2,139.9,skyplane@55243e1b,2022
azure,northcentralus,gcp,asia-south1,223.2,skyplane@55243e1b,2022
azure,northcentralus,gcp,asia-southeast1,205.3,skyplane@55243e1b,2022
azure,northcentralus,gcp,asia-east1,177.6,skyplane@55243e1b,2022
azure,northcentralus,gcp,asia-northeast1,141.7,skyplane@55243e1b,2022
azure,northcentralus,gcp,asia-northeast3,180.5,skyplane@55243e1b,2022
azure,northcentralus,gcp,australia-southeast1,184.3,skyplane@55243e1b,2022
azure,westus,azure,westus3,15.6,skyplane@55243e1b,2022
azure,westus,azure,canadacentral,59.0,skyplane@55243e1b,2022
azure,westus,azure,brazilsouth,186.7,skyplane@55243e1b,2022
azure,westus,azure,northeurope,125.1,skyplane@55243e1b,2022
azure,westus,azure,westeurope,139.9,skyplane@55243e1b,2022
azure,westus,azure,uksouth,135.9,skyplane@55243e1b,2022
azure,westus,azure,francecentral,139.9,skyplane@55243e1b,2022
azure,westus,azure,germanywestcentral,148.6,skyplane@55243e1b,2022
azure,westus,azure,swedencentral,176.2,skyplane@55243e1b,2022
azure,westus,azure,switzerlandnorth,152.2,skyplane@55243e1b,2022
azure,westus,azure,norwayeast,161.2,skyplane@55243e1b,2022
azure,westus,azure,centralindia,215.7,skyplane@55243e1b,2022
azure,westus,azure,eastasia,148.0,skyplane@55243e1b,2022
azure,westus,azure,japaneast,105.5,skyplane@55243e1b,2022
azure,westus,azure,koreacentral,129.6,skyplane@55243e1b,2022
azure,westus,azure,australiaeast,138.4,skyplane@55243e1b,2022
azure,westus,azure,uaenorth,258.4,skyplane@55243e1b,2022
azure,westus,azure,southafricanorth,313.5,skyplane@55243e1b,2022
azure,westus,gcp,us-central1,51.6,skyplane@55243e1b,2022
azure,westus,gcp,us-east1,69.8,skyplane@55243e1b,2022
azure,westus,gcp,us-east4,65.3,skyplane@55243e1b,2022
azure,westus,gcp,us-west1,22.4,skyplane@55243e1b,2022
azure,westus,gcp,us-west4,67.1,skyplane@55243e1b,2022
azure,westus,gcp,northamerica-northeast1,67.2,skyplane@55243e1b,2022
azure,westus,gcp,southamerica-east1,171.9,skyplane@55243e1b,2022
azure,westus,gcp,europe-west1,144.8,skyplane@55243e1b,2022
azure,westus,gcp,europe-west2,140.4,skyplane@55243e1b,2022
azure,westus,gcp,europe-west3,150.4,skyplane@55243e1b,2022
azure,westus,gcp,europe-west4,147.5,skyplane@55243e1b,2022
azure,westus,gcp,europe-north1,172.9,skyplane@55243e1b,2022
azure,westus,gcp,europe-central2,164.9,skyplane@55243e1b,2022
azure,westus,gcp,asia-south1,232.2,skyplane@55243e1b,2022
azure,westus,gcp,asia-southeast1,172.3,skyplane@55243e1b,2022
azure,westus,gcp,asia-east1,155.3,skyplane@55243e1b,2022
azure,westus,gcp,asia-northeast1,106.6,skyplane@55243e1b,2022
azure,westus,gcp,asia-northeast3,129.4,skyplane@55243e1b,2022
azure,westus,gcp,australia-southeast1,143.9,skyplane@55243e1b,2022
azure,westus3,azure,canadacentral,64.2,skyplane@55243e1b,2022
azure,westus3,azure,brazilsouth,157.3,skyplane@55243e1b,2022
azure,westus3,azure,northeurope,118.5,skyplane@55243e1b,2022
azure,westus3,azure,westeurope,132.2,skyplane@55243e1b,2022
azure,westus3,azure,uksouth,122.8,skyplane@55243e1b,2022
azure,westus3,azure,francecentral,131.8,skyplane@55243e1b,2022
azure,westus3,azure,germanywestcentral,136.2,skyplane@55243e1b,2022
azure,westus3,azure,swedencentral,159.4,skyplane@55243e1b,2022
azure,westus3,azure,switzerlandnorth,143.3,skyplane@55243e1b,2022
azure,westus3,azure,norwayeast,153.2,skyplane@55243e1b,2022
azure,westus3,azure,centralindia,220.4,skyplane@55243e1b,2022
azure,westus3,azure,eastasia,154.3,skyplane@55243e1b,2022
azure,westus3,azure,japaneast,106.8,skyplane@55243e1b,2022
azure,westus3,azure,koreacentral,133.3,skyplane@55243e1b,2022
azure,westus3,azure,australiaeast,153.2,skyplane@55243e1b,2022
azure,westus3,azure,uaenorth,236.8,skyplane@55243e1b,2022
azure,westus3,azure,southafricanorth,293.5,skyplane@55243e1b,2022
azure,westus3,gcp,us-central1,61.3,skyplane@55243e1b,2022
azure,westus3,gcp,us-east1,57.7,skyplane@55243e1b,2022
azure,westus3,gcp,us-east4,62.7,skyplane@55243e1b,2022
azure,westus3,gcp,us-west1,35.7,skyplane@55243e1b,2022
azure,westus3,gcp,us-west4,16.8,skyplane@55243e1b,2022
azure,westus3,gcp,northamerica-northeast1,75.0,skyplane@55243e1b,2022
azure,westus3,gcp,southamerica-east1,174.0,skyplane@55243e1b,2022
azure,westus3,gcp,europe-west1,141.0,skyplane@55243e1b,2022
azure,westus3,gcp,europe-west2,137.1,skyplane@55243e1b,2022
azure,westus3,gcp,europe-west3,147.4,skyplane@55243e1b,2022
azure,westus3,gcp,europe-west4,146.2,skyplane@55243e1b,2022
azure,westus3,gcp,europe-north1,168.9,skyplane@55243e1b,2022
azure,westus3,gcp,europe-central2,162.2,skyplane@55243e1b,2022
azure,westus3,gcp,asia-south1,226.4,skyplane@55243e1b,2022
azure,westus3,gcp,asia-southeast1,172.3,skyplane@55243e1b,2022
azure,westus3,gcp,asia-east1,149.0,skyplane@55243e1b,2022
azure,westus3,gcp,asia-northeast1,108.2,skyplane@55243e1b,2022
azure,westus3,gcp,asia-northeast3,133.7,skyplane@55243e1b,2022
azure,westus3,gcp,australia-southeast1,148.9,skyplane@55243e1b,2022
azure,canadacentral,azure,brazilsouth,130.4,skyplane@55243e1b,2022
azure,canadacentral,azure,northeurope,83.8,skyplane@55243e1b,2022
azure,canadacentral,azure,westeurope,97.8,skyplane@55243e1b,2022
azure,canadacentral,azure,uksouth,93.2,skyplane@55243e1b,2022
azure,canadacentral,azure,francecentral,97.3,skyplane@55243e1b,2022
azure,canadacentral,azure,germanywestcentral,105.5,skyplane@55243e1b,2022
azure,canadacentral,azure,swedencentral,118.6,skyplane@55243e1b,2022
azure,canadacentral,azure,switzerlandnorth,111.3,skyplane@55243e1b,2022
azure,canadacentral,azure,norwayeast,118.8,skyplane@55243e1b,2022
azure,canadacentral,azure,centralindia,206.7,skyplane@55243e1b,2022
azure,canadacentral,azure,eastasia,196.7,skyplane@55243e1b,2022
azure,canadacentral,azure,japaneast,153.4,skyplane@55243e1b,2022
azure,canadacentral,azure,koreacentral,177.7,skyplane@55243e1b,2022
azure,canadacentral,azure,australiaeast,197.2,skyplane@55243e1b,2022
azure,canadacentral,azure,uaenorth,201.0,skyplane@55243e1b,2022
azure,canadacentral,azure,southafricanorth,263.6,skyplane@55243e1b,2022
azure,canadacentral,gcp,us-central1,31.9,skyplane@55243e1b,2022
azure,canadacentral,gcp,us-east1,36.6,skyplane@55243e1b,2022
azure,canadacentral,gcp,us-east4,20.7,skyplane@55243e1b,2022
azure,canadacentral,gcp,us-west1,68.0,skyplane@55243e1b,2022
azure,canadacentral,gcp,us-west4,73.2,skyplane@55243e1b,2022
azure,canadacentral,gcp,northamerica-northeast1,9.3,skyplane@55243e1b,2022
azure,canadacentral,gcp,southamerica-east1,132.7,skyplane@55243e1b,2022
azure,canadacentral,gcp,europe-west1,99.2,skyplane@55243e1b,2022
azure,canadacentral,gcp,europe-west2,87.7,skyplane@55243e1b,2022
azure,canadacentral,gcp,europe-west3,111.9,skyplane@55243e1b,2022
azure,canadacentral,gcp,europe-west4,94.9,skyplane@55243e1b,2022
azure,canadacentral,gcp,europe-north1,123.1,skyplane@55243e1b,2022
azure,canadacentral,gcp,europe-central2,112.1,skyplane@55243e1b,2022
azure,canadacentral,gcp,asia-south1,218.8,skyplane@55243e1b,2022
azure,canadacentral,gcp,asia-southeast1,223.4,skyplane@55243e1b,2022
azure,canadacentral,gcp,asia-east1,199.5,skyplane@55243e1b,2022
azure,canadacentral,gcp,asia-northeast1,158.6,skyplane@55243e1b,2022
azure,canadacentral,gcp,asia-northeast3,181.1,skyplane@55243e1b,2022
azure,canadacentral,gcp,australia-southeast1,221.7,skyplane@55243e1b,2022
azure,brazilsouth,azure,northeurope,171.3,skyplane@55243e1b,2022
azure,brazilsouth,azure,westeurope,185.2,skyplane@55243e1b,2022
azure,brazilsouth,azure,uksouth,180.5,skyplane@55243e1b,2022
azure,brazilsouth,azure,francecentral,185.3,skyplane@55243e1b,2022
azure,brazilsouth,azure,germanywestcentral,190.2,skyplane@55243e1b,2022
azure,brazilsouth,azure,swedencentral,209.1,skyplane@55243e1b,2022
azure,brazilsouth,azure,switzerlandnorth,195.2,skyplane@55243e1b,2022
azure,brazilsouth,azure,norwayeast,207.0,skyplane@55243e1b,2022
azure,brazilsouth,azure,centralindia,302.2,skyplane@55243e1b,2022
azure,brazilsouth,azure,eastasia,311.5,skyplane@55243e1b,2022
azure,brazilsouth,azure,japaneast,265.3,skyplane@55243e1b,2022
azure,brazilsouth,azure,koreacentral,303.8,skyplane@55243e1b,2022
azure,brazilsouth,azure,australiaeast,323.6,skyplane@55243e1b,2022
azure,brazilsouth,azure,uaenorth,293.1,skyplane@55243e1b,2022
azure,brazilsouth,azure,southafricanorth,344.6,skyplane@55243e1b,2022
azure,brazilsouth,gcp,us-central1,144.3,skyplane@55243e1b,2022
azure,brazilsouth,gcp,us-east1,128.2,skyplane@55243e1b,2022
azure,brazilsouth,gcp,us-east4,124.7,skyplane@55243e1b,2022
azure,brazilsouth,gcp,us-west1,163.5,skyplane@55243e1b,2022
azure,brazilsouth,gcp,us-west4,172.8,skyplane@55243e1b,2022
azure,brazilsouth,gcp,northamerica-northeast1,133.1,skyplane@55243e1b,2022
azure,brazilsouth,gcp,southamerica-east1,4.7,skyplane@55243e1b,2022
azure,brazilsouth,gcp,europe-west1,191.4,skyplane@55243e1b,2022
azure,brazilsouth,gcp,europe-west2,186.5,skyplane@55243e1b,2022
azure,brazilsouth,gcp,europe-west3,195.3,skyplane@55243e1b,2022
azure,brazilsouth,gcp,europe-west4,193.9,skyplane@55243e1b,2022
azure,brazilsouth,gcp,europe-north1,231.1,skyplane@55243e1b,2022
azure,brazilsouth,gcp,europe-central2,210.4,skyplane@55243e1b,2022
azure,brazilsouth,gcp,asia-south1,315.4,skyplane@55243e1b,2022
azure,brazilsouth,gcp,asia-southeast1,331.5,skyplane@55243e1b,2022
azure,brazilsouth,gcp,asia-east1,313.3,skyplane@55243e1b,2022
azure,brazilsouth,gcp,asia-northeast1,226.0,skyplane@55243e1b,2022
azure,brazilsouth,gcp,asia-northeast3,277.8,skyplane@55243e1b,2022
azure,brazilsouth,gcp,australia-southeast1,304.8,skyplane@55243e1b,2022
azure,northeurope,azure,westeurope,14.9,skyplane@55243e1b,2022
azure,northeurope,azure,uksouth,11.4,skyplane@55243e1b,2022
azure,northeurope,azure,francecentral,16.3,skyplane@55243e1b,2022
azure,northeurope,azure,germanywestcentral,23.2,skyplane@55243e1b,2022
azure,northeurope,azure,swedencentral,44.1,skyplane@55243e1b,2022
azure,northeurope,azure,switzerlandnorth,32.5,skyplane@55243e1b,2022
azure,northeurope,azure,norwayeast,36.6,skyplane@55243e1b,2022
azure,northeurope,azure,centralindia,129.3,skyplane@55243e1b,2022
azure,northeurope,azure,eastasia,194.8,skyplane@55243e1b,2022
azure,northeurope,azure,japaneast,230.8,skyplane@55243e1b,2022
azure,northeurope,azure,koreacentral,234.9,skyplane@55243e1b,2022
azure,northeurope,azure,australiaeast,250.0,skyplane@55243e1b,2022
azure,northeurope,azure,uaenorth,124.0,skyplane@55243e1b,2022
azure,northeurope,azure,southafricanorth,177.1,skyplane@55243e1b,2022
azure,northeurope,gcp,us-central1,101.0,skyplane@55243e1b,2022
azure,northeurope,gcp,us-east1,99.4,skyplane@55243e1b,2022
azure,northeurope,gcp,us-east4,77.7,skyplane@55243e1b,2022
azure,northeurope,gcp,us-west1,142.5,skyplane@55243e1b,2022
azure,northeurope,gcp,us-west4,136.1,skyplane@55243e1b,2022
azure,northeurope,gcp,northamerica-northeast1,87.2,skyplane@55243e1b,2022
azure,northeurope,gcp,southamerica-east1,185.2,skyplane@55243e1b,2022
azure,northeurope,gcp,europe-west1,16.9,skyplane@55243e1b,2022
azure,northeurope,gcp,europe-west2,12.2,skyplane@55243e1b,2022
azure,northeurope,gcp,europe-west3,23.1,skyplane@55243e1b,2022
azure,northeurope,gcp,europe-west4,18.4,skyplane@55243e1b,2022
azure,northeurope,gcp,europe-north1,48.2,skyplane@55243e1b,2022
azure,northeurope,gcp,europe-central2,37.4,skyplane@55243e1b,2022
azure,northeurope,gcp,asia-south1,142.8,skyplane@55243e1b,2022
azure,northeurope,gcp,asia-southeast1,168.5,skyplane@55243e1b,2022
azure,northeurope,gcp,asia-east1,229.7,skyplane@55243e1b,2022
azure,northeurope,gcp,asia-northeast1,208.1,skyplane@55243e1b,2022
azure,northeurope,gcp,asia-northeast3,233.9,skyplane@55243e1b,2022
azure,northeurope,gcp,australia-southeast1,261.1,skyplane@55243e1b,2022
azure,westeurope,azure,uksouth,7.5,skyplane@55243e1b,2022
azure,westeurope,azure,francecentral,11.2,skyplane@55243e1b,2022
azure,westeurope,azure,germanywestcentral,14.8,skyplane@55243e1b,2022
azure,westeurope,azure,swedencentral,26.9,skyplane@55243e1b,2022
azure,westeurope,azure,switzerlandnorth,25.2,skyplane@55243e1b,2022
azure,westeurope,azure,norwayeast,22.4,skyplane@55243e1b,2022
azure,westeurope,azure,centralindia,126.6,skyplane@55243e1b,2022
azure,westeurope,azure,eastasia,189.4,skyplane@55243e1b,2022
azure,westeurope,azure,japaneast,224.2,skyplane@55243e1b,2022
azure,westeurope,azure,koreacentral,233.6,skyplane@55243e1b,2022
azure,westeurope,azure,australiaeast,245.9,skyplane@55243e1b,2022
azure,westeurope,azure,uaenorth,121.4,skyplane@55243e1b,2022
azure,westeurope,azure,southafricanorth,186.6,skyplane@55243e1b,2022
azure,westeurope,gcp,us-central1,107.0,skyplane@55243e1b,2022
azure,westeurope,gcp,us-east1,119.0,skyplane@55243e1b,2022
azure,westeurope,gcp,us-east4,82.5,skyplane@55243e1b,2022
azure,westeurope,gcp,us-west1,147.6,skyplane@55243e1b,2022
azure,westeurope,gcp,us-west4,140.0,skyplane@55243e1b,2022
azure,westeurope,gcp,northamerica-northeast1,94.2,skyplane@55243e1b,2022
azure,westeurope,gcp,southamerica-east1,191.1,skyplane@55243e1b,2022
azure,westeurope,gcp,europe-west1,11.1,skyplane@55243e1b,2022
azure,westeurope,gcp,europe-west2,23.3,skyplane@55243e1b,2022
azure,westeurope,gcp,europe-west3,8.0,skyplane@55243e1b,2022
azure,westeurope,gcp,europe-west4,5.3,skyplane@55243e1b,2022
azure,westeurope,gcp,europe-north1,33.6,skyplane@55243e1b,2022
azure,westeurope,gcp,europe-central2,22.9,skyplane@55243e1b,2022
azure,westeurope,gcp,asia-south1,147.9,skyplane@55243e1b,2022
azure,westeurope,gcp,asia-southeast1,177.5,skyplane@55243e1b,2022
azure,westeurope,gcp,asia-east1,232.4,skyplane@55243e1b,2022
azure,westeurope,gcp,asia-northeast1,225.8,skyplane@55243e1b,2022
azure,westeurope,gcp,asia-northeast3,232.2,skyplane@55243e1b,2022
azure,westeurope,gcp,australia-southeast1,258.1,skyplane@55243e1b,2022
azure,uksouth,azure,francecentral,12.3,skyplane@55243e1b,2022
azure,uksouth,azure,germanywestcentral,14.9,skyplane@55243e1b,2022
azure,uksouth,azure,swedencentral,33.4,skyplane@55243e1b,2022
azure,uksouth,azure,switzerlandnorth,20.4,skyplane@55243e1b,2022
azure,uksouth,azure,norwayeast,27.3,skyplane@55243e1b,2022
azure,uksouth,azure,centralindia,121.0,skyplane@55243e1b,2022
azure,uksouth,azure,eastasia,183.4,skyplane@55243e1b,2022
azure,uksouth,azure,japaneast,229.1,skyplane@55243e1b,2022
azure,uksouth,azure,koreacentral,224.1,skyplane@55243e1b,2022
azure,uksouth,azure,australiaeast,242.7,skyplane@55243e1b,2022
azure,uksouth,azure,uaenorth,116.5,skyplane@55243e1b,2022
azure,uksouth,azure,southafricanorth,172.1,skyplane@55243e1b,2022
azure,uksouth,gcp,us-central1,102.5,skyplane@55243e1b,2022
azure,uksouth,gcp,us-east1,100.1,skyplane@55243e1b,2022
azure,uksouth,gcp,us-east4,78.3,skyplane@55243e1b,2022
azure,uksouth,gcp,us-west1,120.6,skyplane@55243e1b,2022
azure,uksouth,gcp,us-west4,140.6,skyplane@55243e1b,2022
azure,uksouth,gcp,northamerica-northeast1,87.1,skyplane@55243e1b,2022
azure,uksouth,gcp,southamerica-east1,186.0,skyplane@55243e1b,2022
azure,uksouth,gcp,europe-west1,10.1,skyplane@55243e1b,2022
azure,uksouth,gcp,europe-west2,68.7,skyplane@55243e1b,2022
azure,uksouth,gcp,europe-west3,16.1,skyplane@55243e1b,2022
azure,uksouth,gcp,europe-west4,46.1,skyplane@55243e1b,2022
azure,uksouth,gcp,europe-north1,41.5,skyplane@55243e1b,2022
azure,uksouth,gcp,europe-central2,73.3,skyplane@55243e1b,2022
azure,uksouth,gcp,asia-south1,147.3,skyplane@55243e1b,2022
azure,uksouth,gcp,asia-southeast1,179.8,skyplane@55243e1b,2022
azure,uksouth,gcp,asia-east1,222.7,skyplane@55243e1b,2022
azure,uksouth,gcp,asia-northeast1,219.3,skyplane@55243e1b,2022
azure,uksouth,gcp,asia-northeast3,227.5,skyplane@55243e1b,2022
azure,uksouth,gcp,australia-southeast1,253.4,skyplane@55243e1b,2022
azure,francecentral,azure,germanywestcentral,9.2,skyplane@55243e1b,2022
azure,francecentral,azure,swedencentral,33.4,skyplane@55243e1b,2022
azure,francecentral,azure,switzerlandnorth,15.5,skyplane@55243e1b,2022
azure,francecentral,azure,norwayeast,33.5,skyplane@55243e1b,2022
azure,francecentral,azure,centralindia,119.8,skyplane@55243e1b,2022
azure,francecentral,azure,eastasia,177.9,skyplane@55243e1b,2022
azure,francecentral,azure,japaneast,216.9,skyplane@55243e1b,2022
azure,francecentral,azure,koreacentral,219.3,skyplane@55243e1b,2022
azure,francecentral,azure,australiaeast,236.5,skyplane@55243e1b,2022
azure,francecentral,azure,uaenorth,110.5,skyplane@55243e1b,2022
azure,francecentral,azure,southafricanorth,171.3,skyplane@55243e1b,2022
azure,francecentral,gcp,us-central1,107.2,skyplane@55243e1b,2022
azure,francecentral,gcp,us-east1,93.9,skyplane@55243e1b,2022
azure,francecentral,gcp,us-east4,84.0,skyplane@55243e1b,2022
azure,francecentral,gcp,us-west1,146.4,skyplane@55243e1b,2022
azure,francecentral,gcp,us-west4,144.3,skyplane@55243e1b,2022
azure,francecentral,gcp,northamerica-northeast1,92.6,skyplane@55243e1b,2022
azure,francecentral,gcp,southamerica-east1,191.6,skyplane@55243e1b,2022
azure,francecentral,gcp,europe-west1,14.9,skyplane@55243e1b,2022
azure,francecentral,gcp,europe-west2,9.5,skyplane@55243e1b,2022
azure,francecentral,gcp,europe-west3,15.5,skyplane@55243e1b,2022
azure,francecentral,gcp,europe-west4,26.6,skyplane@55243e1b,2022
azure,francecentral,gcp,europe-north1,42.8,skyplane@55243e1b,2022
azure,francecentral,gcp,europe-central2,30.0,skyplane@55243e1b,2022
azure,francecentral,gcp,asia-south1,149.7,skyplane@55243e1b,2022
azure,francecentral,gcp,asia-southeast1,208.6,skyplane@55243e1b,2022
azure,francecentral,gcp,asia-east1,231.9,skyplane@55243e1b,2022
azure,francecentral,gcp,asia-northeast1,217.7,skyplane@55243e1b,2022
azure,francecentral,gcp,asia-northeast3,221.1,skyplane@55243e1b,2022
azure,francecentral,gcp,australia-southeast1,250.7,skyplane@55243e1b,2022
azure,germanywestcentral,azure,swedencentral,26.3,skyplane@55243e1b,2022
azure,germanywestcentral,azure,switzerlandnorth,7.6,skyplane@55243e1b,2022
azure,germanywestcentral,azure,norwayeast,23.9,skyplane@55243e1b,2022
azure,germanywestcentral,azure,centralindia,125.4,skyplane@55243e1b,2022
azure,germanywestcentral,azure,eastasia,184.2,skyplane@55243e1b,2022
azure,germanywestcentral,azure,japaneast,218.1,skyplane@55243e1b,2022
azure,germanywestcentral,azure,koreacentral,223.3,skyplane@55243e1b,2022
azure,germanywestcentral,azure,australiaeast,239.1,skyplane@55243e1b,2022
azure,germanywestcentral,azure,uaenorth,116.1,skyplane@55243e1b,2022
azure,germanywestcentral,azure,southafricanorth,181.7,skyplane@55243e1b,2022
azure,germanywestcentral,gcp,us-central1,135.8,skyplane@55243e1b,2022
azure,germanywestcentral,gcp,us-east1,97.4,skyplane@55243e1b,2022
azure,germanywestcentral,gcp,us-east4,88.1,skyplane@55243e1b,2022
azure,germanywestcentral,gcp,us-west1,152.4,skyplane@55243e1b,2022
azure,germanywestcentral,gcp,us-west4,148.1,skyplane@55243e1b,2022
azure,germanywestcentral,gcp,northamerica-northeast1,97.8,skyplane@55243e1b,2022
azure,germanywestcentral,gcp,southamerica-east1,195.0,skyplane@55243e1b,2022
azure,germanywestcentral,gcp,europe-west1,14.4,skyplane@55243e1b,2022
azure,germanywestcentral,gcp,europe-west2,15.4,skyplane@55243e1b,2022
azure,germanywestcentral,gcp,europe-west3,2.8,skyplane@55243e1b,2022
azure,germanywestcentral,gcp,europe-west4,10.1,skyplane@55243e1b,2022
azure,germanywestcentral,gcp,europe-north1,32.6,skyplane@55243e1b,2022
azure,germanywestcentral,gcp,europe-central2,16.9,skyplane@55243e1b,2022
azure,germanywestcentral,gcp,asia-south1,143.4,skyplane@55243e1b,2022
azure,germanywestcentral,gcp,asia-southeast1,172.8,skyplane@55243e1b,2022
azure,germanywestcentral,gcp,asia-east1,230.0,skyplane@55243e1b,2022
azure,germanywestcentral,gcp,asia-northeast1,228.1,skyplane@55243e1b,2022
azure,germanywestcentral,gcp,asia-northeast3,224.3,skyplane@55243e1b,2022
azure,germanywestcentral,gcp,australia-southeast1,256.9,skyplane@55243e1b,2022
azure,swedencentral,azure,switzerlandnorth,29.1,skyplane@55243e1b,2022
azure,swedencentral,azure,norwayeast,9.1,skyplane@55243e1b,2022
azure,swedencentral,azure,centralindia,144.0,skyplane@55243e1b,2022
azure,swedencentral,azure,eastasia,208.8,skyplane@55243e1b,2022
azure,swedencentral,azure,japaneast,241.6,skyplane@55243e1b,2022
azure,swedencentral,azure,koreacentral,248.3,skyplane@55243e1b,2022
azure,swedencentral,azure,australiaeast,264.3,skyplane@55243e1b,2022
azure,swedencentral,azure,uaenorth,138.8,skyplane@55243e1b,2022
azure,swedencentral,azure,southafricanorth,201.2,skyplane@55243e1b,2022
azure,swedencentral,gcp,us-central1,129.9,skyplane@55243e1b,2022
azure,swedencentral,gcp,us-east1,116.0,skyplane@55243e1b,2022
azure,swedencentral,gcp,us-east4,102.9,skyplane@55243e1b,2022
azure,swedencentral,gcp,us-west1,165.2,skyplane@55243e1b,2022
azure,swedencentral,gcp,us-west4,161.9,skyplane@55243e1b,2022
azure,swedencentral,gcp,northamerica-northeast1,126.1,skyplane@55243e1b,2022
azure,swedencentral,gcp,southamerica-east1,209.4,skyplane@55243e1b,2022
azure,swedencentral,gcp,europe-west1,35.2,skyplane@55243e1b,2022
azure,swedencentral,gcp,europe-west2,35.0,skyplane@55243e1b,2022
azure,swedencentral,gcp,europe-west3,30.7,skyplane@55243e1b,2022
azure,swedencentral,gcp,europe-west4,28.2,skyplane@55243e1b,2022
azure,swedencentral,gcp,europe-north1,13.5,skyplane@55243e1b,2022
azure,swedencentral,gcp,europe-central2,35.9,skyplane@55243e1b,2022
azure,swedencentral,gcp,asia-south1,129.8,skyplane@55243e1b,2022
azure,swedencentral,gcp,asia-southeast1,197.2,skyplane@55243e1b,2022
azure,swedencentral,gcp,asia-east1,248.9,skyplane@55243e1b,2022
azure,swedencentral,gcp,asia-northeast1,242.8,skyplane@55243e1b,2022
azure,swedencentral,gcp,asia-northeast3,252.4,skyplane@55243e1b,2022
azure,swedencentral,gcp,australia-southeast1,248.3,skyplane@55243e1b,2022
azure,switzerlandnorth,azure,norwayeast,29.3,skyplane@55243e1b,2022
azure,switzerlandnorth,azure,centralindia,114.5,skyplane@55243e1b,2022
azure,switzerlandnorth,azure,eastasia,180.1,skyplane@55243e1b,2022
azure,switzerlandnorth,azure,japaneast,214.7,skyplane@55243e1b,2022
azure,switzerlandnorth,azure,koreacentral,218.5,skyplane@55243e1b,2022
azure,switzerlandnorth,azure,australiaeast,235.5,skyplane@55243e1b,2022
azure,switzerlandnorth,azure,uaenorth,110.2,skyplane@55243e1b,2022
azure,switzerlandnorth,azure,southafricanorth,172.8,skyplane@55243e1b,2022
azure,switzerlandnorth,gcp,us-central1,118.1,skyplane@55243e1b,2022
azure,switzerlandnorth,gcp,us-east1,103.0,skyplane@55243e1b,2022
azure,switzerlandnorth,gcp,us-east4,92.2,skyplane@55243e1b,2022
azure,switzerlandnorth,gcp,us-west1,156.5,skyplane@55243e1b,2022
azure,switzerlandnorth,gcp,us-west4,154.5,skyplane@55243e1b,2022
azure,switzerlandnorth,gcp,northamerica-northeast1,98.9,skyplane@55243e1b,2022
azure,switzerlandnorth,gcp,southamerica-east1,185.7,skyplane@55243e1b,2022
azure,switzerlandnorth,gcp,europe-west1,20.0,skyplane@55243e1b,2022
azure,switzerlandnorth,gcp,europe-west2,21.8,skyplane@55243e1b,2022
azure,switzerlandnorth,gcp,europe-west3,7.7,skyplane@55243e1b,2022
azure,switzerlandnorth,gcp,europe-west4,15.8,skyplane@55243e1b,2022
azure,switzerlandnorth,gcp,europe-north1,35.4,skyplane@55243e1b,2022
azure,switzerlandnorth,gcp,europe-central2,69.2,skyplane@55243e1b,2022
azure,switzerlandnorth,gcp,asia-south1,132.9,skyplane@55243e1b,2022
azure,switzerlandnorth,gcp,asia-southeast1,194.6,skyplane@55243e1b,2022
azure,switzerlandnorth,gcp,asia-east1,213.9,skyplane@55243e1b,2022
azure,switzerlandnorth,gcp,asia-northeast1,225.3,skyplane@55243e1b,2022
azure,switzerlandnorth,gcp,asia-northeast3,215.6,skyplane@55243e1b,2022
azure,switzerlandnorth,gcp,australia-southeast1,257.5,skyplane@55243e1b,2022
azure,norwayeast,azure,centralindia,140.2,skyplane@55243e1b,2022
azure,norwayeast,azure,eastasia,205.4,skyplane@55243e1b,2022
azure,norwayeast,azure,japaneast,242.7,skyplane@55243e1b,2022
azure,norwayeast,azure,koreacentral,245.1,skyplane@55243e1b,2022
azure,norwayeast,azure,australiaeast,264.1,skyplane@55243e1b,2022
azure,norwayeast,azure,uaenorth,137.3,skyplane@55243e1b,2022
azure,norwayeast,azure,southafricanorth,198.0,skyplane@55243e1b,2022
azure,norwayeast,gcp,us-central1,132.5,skyplane@55243e1b,2022
azure,norwayeast,gcp,us-east1,123.6,skyplane@55243e1b,2022
azure,norwayeast,gcp,us-east4,107.5,skyplane@55243e1b,2022
azure,norwayeast,gcp,us-west1,171.3,skyplane@55243e1b,2022
azure,norwayeast,gcp,us-west4,167.2,skyplane@55243e1b,2022
azure,norwayeast,gcp,northamerica-northeast1,122.9,skyplane@55243e1b,2022
azure,norwayeast,gcp,southamerica-east1,214.0,skyplane@55243e1b,2022
azure,norwayeast,gcp,europe-west1,37.4,skyplane@55243e1b,2022
azure,norwayeast,gcp,europe-west2,37.8,skyplane@55243e1b,2022
azure,norwayeast,gcp,europe-west3,35.4,skyplane@55243e1b,2022
azure,norwayeast,gcp,europe-west4,30.6,skyplane@55243e1b,2022
azure,norwayeast,gcp,europe-north1,24.0,skyplane@55243e1b,2022
azure,norwayeast,gcp,europe-central2,38.3,skyplane@55243e1b,2022
azure,norwayeast,gcp,asia-south1,183.0,skyplane@55243e1b,2022
azure,norwayeast,gcp,asia-southeast1,202.9,skyplane@55243e1b,2022
azure,norwayeast,gcp,asia-east1,240.2,skyplane@55243e1b,2022
azure,norwayeast,gcp,asia-northeast1,243.4,skyplane@55243e1b,2022
azure,norwayeast,gcp,asia-northeast3,245.7,skyplane@55243e1b,2022
azure,norwayeast,gcp,australia-southeast1,278.1,skyplane@55243e1b,2022
azure,centralindia,azure,eastasia,83.0,skyplane@55243e1b,2022
azure,centralindia,azure,japaneast,116.3,skyplane@55243e1b,2022
azure,centralindia,azure,koreacentral,123.1,skyplane@55243e1b,2022
azure,centralindia,azure,australiaeast,135.8,skyplane@55243e1b,2022
azure,centralindia,azure,uaenorth,34.3,skyplane@55243e1b,2022
azure,centralindia,azure,southafricanorth,272.9,skyplane@55243e1b,2022
azure,centralindia,gcp,us-central1,238.5,skyplane@55243e1b,2022
azure,centralindia,gcp,us-east1,180.3,skyplane@55243e1b,2022
azure,centralindia,gcp,us-east4,207.5,skyplane@55243e1b,2022
azure,centralindia,gcp,us-west1,215.3,skyplane@55243e1b,2022
azure,centralindia,gcp,us-west4,225.5,skyplane@55243e1b,2022
azure,centralindia,gcp,northamerica-northeast1,207.5,skyplane@55243e1b,2022
azure,centralindia,gcp,southamerica-east1,311.3,skyplane@55243e1b,2022
azure,centralindia,gcp,europe-west1,136.0,skyplane@55243e1b,2022
azure,centralindia,gcp,europe-west2,136.4,skyplane@55243e1b,2022
azure,centralindia,gcp,europe-west3,128.6,skyplane@55243e1b,2022
azure,centralindia,gcp,europe-west4,135.7,skyplane@55243e1b,2022
azure,centralindia,gcp,europe-north1,165.7,skyplane@55243e1b,2022
azure,centralindia,gcp,europe-central2,143.9,skyplane@55243e1b,2022
azure,centralindia,gcp,asia-south1,42.0,skyplane@55243e1b,2022
azure,centralindia,gcp,asia-southeast1,56.6,skyplane@55243e1b,2022
azure,centralindia,gcp,asia-east1,97.6,skyplane@55243e1b,2022
azure,centralindia,gcp,asia-northeast1,125.4,skyplane@55243e1b,2022
azure,centralindia,gcp,asia-northeast3,122.4,skyplane@55243e1b,2022
azure,centralindia,gcp,australia-southeast1,148.5,skyplane@55243e1b,2022
azure,eastasia,azure,japaneast,46.8,skyplane@55243e1b,2022
azure,eastasia,azure,koreacentral,77.3,skyplane@55243e1b,2022
azure,eastasia,azure,australiaeast,116.4,skyplane@55243e1b,2022
azure,eastasia,azure,uaenorth,111.7,skyplane@55243e1b,2022
azure,eastasia,azure,southafricanorth,325.3,skyplane@55243e1b,2022
azure,eastasia,gcp,us-central1,185.4,skyplane@55243e1b,2022
azure,eastasia,gcp,us-east1,211.3,skyplane@55243e1b,2022
azure,eastasia,gcp,us-east4,198.7,skyplane@55243e1b,2022
azure,eastasia,gcp,us-west1,140.0,skyplane@55243e1b,2022
azure,eastasia,gcp,us-west4,138.3,skyplane@55243e1b,2022
azure,eastasia,gcp,northamerica-northeast1,176.5,skyplane@55243e1b,2022
azure,eastasia,gcp,southamerica-east1,305.2,skyplane@55243e1b,2022
azure,eastasia,gcp,europe-west1,209.3,skyplane@55243e1b,2022
azure,eastasia,gcp,europe-west2,208.0,skyplane@55243e1b,2022
azure,eastasia,gcp,europe-west3,205.4,skyplane@55243e1b,2022
azure,eastasia,gcp,europe-west4,211.0,skyplane@55243e1b,2022
azure,eastasia,gcp,europe-north1,235.1,skyplane@55243e1b,2022
azure,eastasia,gcp,europe-central2,219.3,skyplane@55243e1b,2022
azure,eastasia,gcp,asia-south1,101.7,skyplane@55243e1b,2022
azure,eastasia,gcp,asia-southeast1,35.4,skyplane@55243e1b,2022
azure,eastasia,gcp,asia-east1,14.8,skyplane@55243e1b,2022
azure,eastasia,gcp,asia-northeast1,51.9,skyplane@55243e1b,2022
azure,eastasia,gcp,asia-northeast3,60.6,skyplane@55243e1b,2022
azure,eastasia,gcp,australia-southeast1,123.8,skyplane@55243e1b,2022
azure,japaneast,azure,koreacentral,30.1,skyplane@55243e1b,2022
azure,japaneast,azure,australiaeast,101.9,skyplane@55243e1b,2022
azure,japaneast,azure,uaenorth,145.3,skyplane@55243e1b,2022
azure,japaneast,azure,southafricanorth,360.4,skyplane@55243e1b,2022
azure,japaneast,gcp,us-central1,145.1,skyplane@55243e1b,2022
azure,japaneast,gcp,us-east1,153.7,skyplane@55243e1b,2022
azure,japaneast,gcp,us-east4,149.8,skyplane@55243e1b,2022
azure,japaneast,gcp,us-west1,98.6,skyplane@55243e1b,2022
azure,japaneast,gcp,us-west4,106.6,skyplane@55243e1b,2022
azure,japaneast,gcp,northamerica-northeast1,159.1,skyplane@55243e1b,2022
azure,japaneast,gcp,southamerica-east1,262.5,skyplane@55243e1b,2022
azure,japaneast,gcp,europe-west1,223.9,skyplane@55243e1b,2022
azure,japaneast,gcp,europe-west2,219.7,skyplane@55243e1b,2022
azure,japaneast,gcp,europe-west3,232.6,skyplane@55243e1b,2022
azure,japaneast,gcp,europe-west4,225.3,skyplane@55243e1b,2022
azure,japaneast,gcp,europe-north1,248.9,skyplane@55243e1b,2022
azure,japaneast,gcp,europe-central2,238.7,skyplane@55243e1b,2022
azure,japaneast,gcp,asia-south1,137.9,skyplane@55243e1b,2022
azure,japaneast,gcp,asia-southeast1,94.8,skyplane@55243e1b,2022
azure,japaneast,gcp,asia-east1,65.4,skyplane@55243e1b,2022
azure,japaneast,gcp,asia-northeast1,4.1,skyplane@55243e1b,2022
azure,japaneast,gcp,asia-northeast3,66.0,skyplane@55243e1b,2022
azure,japaneast,gcp,australia-southeast1,126.7,skyplane@55243e1b,2022
azure,koreacentral,azure,australiaeast,129.4,skyplane@55243e1b,2022
azure,koreacentral,azure,uaenorth,151.8,skyplane@55243e1b,2022
azure,koreacentral,azure,southafricanorth,365.5,skyplane@55243e1b,2022
azure,koreacentral,gcp,us-central1,165.6,skyplane@55243e1b,2022
azure,koreacentral,gcp,us-east1,158.6,skyplane@55243e1b,2022
azure,koreacentral,gcp,us-east4,179.0,skyplane@55243e1b,2022
azure,koreacentral,gcp,us-west1,121.2,skyplane@55243e1b,2022
azure,koreacentral,gcp,us-west4,141.7,skyplane@55243e1b,2022
azure,koreacentral,gcp,northamerica-northeast1,185.2,skyplane@55243e1b,2022
azure,koreacentral,gcp,southamerica-east1,297.5,skyplane@55243e1b,2022
azure,koreacentral,gcp,europe-west1,240.2,skyplane@55243e1b,2022
azure,koreacentral,gcp,europe-west2,235.3,skyplane@55243e1b,2022
azure,koreacentral,gcp,europe-west3,237.9,skyplane@55243e1b,2022
azure,koreacentral,gcp,europe-west4,243.4,skyplane@55243e1b,2022
azure,koreacentral,gcp,europe-north1,226.1,skyplane@55243e1b,2022
azure,koreacentral,gcp,europe-central2,254.3,skyplane@55243e1b,2022
azure,koreacentral,gcp,asia-south1,145.8,skyplane@55243e1b,2022
azure,koreacentral,gcp,asia-southeast1,86.5,skyplane@55243e1b,2022
azure,koreacentral,gcp,asia-east1,59.0,skyplane@55243e1b,2022
azure,koreacentral,gcp,asia-northeast1,30.1,skyplane@55243e1b,2022
azure,koreacentral,gcp,asia-northeast3,2.4,skyplane@55243e1b,2022
azure,koreacentral,gcp,australia-southeast1,172.4,skyplane@55243e1b,2022
azure,australiaeast,azure,uaenorth,165.5,skyplane@55243e1b,2022
azure,australiaeast,azure,southafricanorth,381.7,skyplane@55243e1b,2022
azure,australiaeast,gcp,us-central1,188.1,skyplane@55243e1b,2022
azure,australiaeast,gcp,us-east1,202.7,skyplane@55243e1b,2022
azure,australiaeast,gcp,us-east4,200.5,skyplane@55243e1b,2022
azure,australiaeast,gcp,us-west1,150.0,skyplane@55243e1b,2022
azure,australiaeast,gcp,us-west4,148.7,skyplane@55243e1b,2022
azure,australiaeast,gcp,northamerica-northeast1,203.7,skyplane@55243e1b,2022
azure,australiaeast,gcp,southamerica-east1,305.9,skyplane@55243e1b,2022
azure,australiaeast,gcp,europe-west1,256.4,skyplane@55243e1b,2022
azure,australiaeast,gcp,europe-west2,222.4,skyplane@55243e1b,2022
azure,australiaeast,gcp,europe-west3,258.4,skyplane@55243e1b,2022
azure,australiaeast,gcp,europe-west4,259.9,skyplane@55243e1b,2022
azure,australiaeast,gcp,europe-north1,272.9,skyplane@55243e1b,2022
azure,australiaeast,gcp,europe-central2,272.7,skyplane@55243e1b,2022
azure,australiaeast,gcp,asia-south1,151.7,skyplane@55243e1b,2022
azure,australiaeast,gcp,asia-southeast1,92.9,skyplane@55243e1b,2022
azure,australiaeast,gcp,asia-east1,114.6,skyplane@55243e1b,2022
azure,australiaeast,gcp,asia-northeast1,122.7,skyplane@55243e1b,2022
azure,australiaeast,gcp,asia-northeast3,179.3,skyplane@55243e1b,2022
azure,australiaeast,gcp,australia-southeast1,3.5,skyplane@55243e1b,2022
azure,uaenorth,azure,southafricanorth,262.3,skyplane@55243e1b,2022
azure,uaenorth,gcp,us-central1,251.5,skyplane@55243e1b,2022
azure,uaenorth,gcp,us-east1,227.4,skyplane@55243e1b,2022
azure,uaenorth,gcp,us-east4,217.7,skyplane@55243e1b,2022
azure,uaenorth,gcp,us-west1,214.0,skyplane@55243e1b,2022
azure,uaenorth,gcp,us-west4,253.7,skyplane@55243e1b,2022
azure,uaenorth,gcp,northamerica-northeast1,226.5,skyplane@55243e1b,2022
azure,uaenorth,gcp,southamerica-east1,323.3,skyplane@55243e1b,2022
azure,uaenorth,gcp,europe-west1,145.2,skyplane@55243e1b,2022
azure,uaenorth,gcp,europe-west2,146.8,skyplane@55243e1b,2022
azure,uaenorth,gcp,europe-west3,130.8,skyplane@55243e1b,2022
azure,uaenorth,gcp,europe-west4,172.8,skyplane@55243e1b,2022
azure,uaenorth,gcp,europe-north1,148.7,skyplane@55243e1b,2022
azure,uaenorth,gcp,europe-central2,156.9,skyplane@55243e1b,2022
azure,uaenorth,gcp,asia-south1,30.9,skyplane@55243e1b,2022
azure,uaenorth,gcp,asia-southeast1,83.9,skyplane@55243e1b,2022
azure,uaenorth,gcp,asia-east1,126.3,skyplane@55243e1b,2022
azure,uaenorth,gcp,asia-northeast1,152.1,skyplane@55243e1b,2022
azure,uaenorth,gcp,asia-northeast3,150.6,skyplane@55243e1b,2022
azure,uaenorth,gcp,australia-southeast1,173.7,skyplane@55243e1b,2022
azure,southafricanorth,gcp,us-central1,261.5,skyplane@55243e1b,2022
azure,southafricanorth,gcp,us-east1,247.0,skyplane@55243e1b,2022
azure,southafricanorth,gcp,us-east4,237.9,skyplane@55243e1b,2022
azure,southafricanorth,gcp,us-west1,296.4,skyplane@55243e1b,2022
azure,southafricanorth,gcp,us-west4,267.1,skyplane@55243e1b,2022
azure,southafricanorth,gcp,northamerica-northeast1,247.0,skyplane@55243e1b,2022
azure,southafricanorth,gcp,southamerica-east1,344.9,skyplane@55243e1b,2022
azure,southafricanorth,gcp,europe-west1,187.0,skyplane@55243e1b,2022
azure,southafricanorth,gcp,europe-west2,164.8,skyplane@55243e1b,2022
azure,southafricanorth,gcp,europe-west3,172.0,skyplane@55243e1b,2022
azure,southafricanorth,gcp,europe-west4,183.2,skyplane@55243e1b,2022
azure,southafricanorth,gcp,europe-north1,198.1,skyplane@55243e1b,2022
azure,southafricanorth,gcp,europe-central2,188.0,skyplane@55243e1b,2022
azure,southafricanorth,gcp,asia-south1,279.1,skyplane@55243e1b,2022
azure,southafricanorth,gcp,asia-southeast1,319.0,skyplane@55243e1b,2022
azure,southafricanorth,gcp,asia-east1,370.0,skyplane@55243e1b,2022
azure,southafricanorth,gcp,asia-northeast1,371.4,skyplane@55243e1b,2022
azure,southafricanorth,gcp,asia-northeast3,364.8,skyplane@55243e1b,2022
azure,southafricanorth,gcp,australia-southeast1,337.4,skyplane@55243e1b,2022
gcp,us-central1,gcp,us-east1,32.9,skyplane@55243e1b,2022
gcp,us-central1,gcp,us-east4,30.1,skyplane@55243e1b,2022
gcp,us-central1,gcp,us-west1,66.3,skyplane@55243e1b,2022
gcp,us-central1,gcp,us-west4,41.8,skyplane@55243e1b,2022
gcp,us-central1,gcp,northamerica-northeast1,37.6,skyplane@55243e1b,2022
gcp,us-central1,gcp,southamerica-east1,148.9,skyplane@55243e1b,2022
gcp,us-central1,gcp,europe-west1,100.5,skyplane@55243e1b,2022
gcp,us-central1,gcp,europe-west2,90.4,skyplane@55243e1b,2022
gcp,us-central1,gcp,europe-west3,108.2,skyplane@55243e1b,2022
gcp,us-central1,gcp,europe-west4,103.1,skyplane@55243e1b,2022
gcp,us-central1,gcp,europe-north1,133.4,skyplane@55243e1b,2022
gcp,us-central1,gcp,europe-central2,101.4,skyplane@55243e1b,2022
gcp,us-central1,gcp,asia-south1,230.0,skyplane@55243e1b,2022
gcp,us-central1,gcp,asia-southeast1,170.2,skyplane@55243e1b,2022
gcp,us-central1,gcp,asia-east1,152.7,skyplane@55243e1b,2022
gcp,us-central1,gcp,asia-northeast1,139.6,skyplane@55243e1b,2022
gcp,us-central1,gcp,asia-northeast3,176.1,skyplane@55243e1b,2022
gcp,us-central1,gcp,australia-southeast1,163.3,skyplane@55243e1b,2022
gcp,us-east1,gcp,us-east4,23.2,skyplane@55243e1b,2022
gcp,us-east1,gcp,us-west1,64.3,skyplane@55243e1b,2022
gcp,us-east1,gcp,us-west4,95.5,skyplane@55243e1b,2022
gcp,us-east1,gcp,northamerica-northeast1,25.7,skyplane@55243e1b,2022
gcp,us-east1,gcp,southamerica-east1,118.3,skyplane@55243e1b,2022
gcp,us-east1,gcp,europe-west1,92.2,skyplane@55243e1b,2022
gcp,us-east1,gcp,europe-west2,120.5,skyplane@55243e1b,2022
gcp,us-east1,gcp,europe-west3,96.4,skyplane@55243e1b,2022
gcp,us-east1,gcp,europe-west4,95.5,skyplane@55243e1b,2022
gcp,us-east1,gcp,europe-north1,113.4,skyplane@55243e1b,2022
gcp,us-east1,gcp,europe-central2,110.9,skyplane@55243e1b,2022
gcp,us-east1,gcp,asia-south1,205.5,skyplane@55243e1b,2022
gcp,us-east1,gcp,asia-southeast1,216.7,skyplane@55243e1b,2022
gcp,us-east1,gcp,asia-east1,182.5,skyplane@55243e1b,2022
gcp,us-east1,gcp,asia-northeast1,153.5,skyplane@55243e1b,2022
gcp,us-east1,gcp,asia-northeast3,193.7,skyplane@55243e1b,2022
gcp,us-east1,gcp,australia-southeast1,199.9,skyplane@55243e1b,2022
gcp,us-east4,gcp,us-west1,57.4,skyplane@55243e1b,2022
gcp,us-east4,gcp,us-west4,60.5,skyplane@55243e1b,2022
gcp,us-east4,gcp,northamerica-northeast1,60.1,skyplane@55243e1b,2022
gcp,us-east4,gcp,southamerica-east1,134.6,skyplane@55243e1b,2022
gcp,us-east4,gcp,europe-west1,81.5,skyplane@55243e1b,2022
gcp,us-east4,gcp,europe-west2,89.7,skyplane@55243e1b,2022
gcp,us-east4,gcp,europe-west3,83.4,skyplane@55243e1b,2022
gcp,us-east4,gcp,europe-west4,85.8,skyplane@55243e1b,2022
gcp,us-east4,gcp,europe-north1,103.8,skyplane@55243e1b,2022
gcp,us-east4,gcp,europe-central2,100.5,skyplane@55243e1b,2022
gcp,us-east4,gcp,asia-south1,207.5,skyplane@55243e1b,2022
gcp,us-east4,gcp,asia-southeast1,211.3,skyplane@55243e1b,2022
gcp,us-east4,gcp,asia-east1,160.1,skyplane@55243e1b,2022
gcp,us-east4,gcp,asia-northeast1,158.1,skyplane@55243e1b,2022
gcp,us-east4,gcp,asia-northeast3,187.7,skyplane@55243e1b,2022
gcp,us-east4,gcp,australia-southeast1,182.2,skyplane@55243e1b,2022
gcp,us-west1,gcp,us-west4,32.0,skyplane@55243e1b,2022
gcp,us-west1,gcp,northamerica-northeast1,55.9,skyplane@55243e1b,2022
gcp,us-west1,gcp,southamerica-east1,169.4,skyplane@55243e1b,2022
gcp,us-west1,gcp,europe-west1,133.9,skyplane@55243e1b,2022
gcp,us-west1,gcp,europe-west2,127.7,skyplane@55243e1b,2022
gcp,us-west1,gcp,europe-west3,173.3,skyplane@55243e1b,2022
gcp,us-west1,gcp,europe-west4,132.6,skyplane@55243e1b,2022
gcp,us-west1,gcp,europe-north1,158.5,skyplane@55243e1b,2022
gcp,us-west1,gcp,europe-central2,151.9,skyplane@55243e1b,2022
gcp,us-west1,gcp,asia-south1,215.4,skyplane@55243e1b,2022
gcp,us-west1,gcp,asia-southeast1,163.2,skyplane@55243e1b,2022
gcp,us-west1,gcp,asia-east1,147.5,skyplane@55243e1b,2022
gcp,us-west1,gcp,asia-northeast1,109.2,skyplane@55243e1b,2022
gcp,us-west1,gcp,asia-northeast3,122.1,skyplane@55243e1b,2022
gcp,us-west1,gcp,australia-southeast1,188.7,skyplane@55243e1b,2022
gcp,us-west4,gcp,northamerica-northeast1,112.2,skyplane@55243e1b,2022
gcp,us-west4,gcp,southamerica-east1,165.2,skyplane@55243e1b,2022
gcp,us-west4,gcp,europe-west1,139.9,skyplane@55243e1b,2022
gcp,us-west4,gcp,europe-west2,133.9,skyplane@55243e1b,2022
gcp,us-west4,gcp,europe-west3,144.3,skyplane@55243e1b,2022
gcp,us-west4,gcp,europe-west4,141.4,skyplane@55243e1b,2022
gcp,us-west4,gcp,europe-north1,163.4,skyplane@55243e1b,2022
gcp,us-west4,gcp,europe-central2,159.5,skyplane@55243e1b,2022
gcp,us-west4,gcp,asia-south1,220.3,skyplane@55243e1b,2022
gcp,us-west4,gcp,asia-southeast1,177.1,skyplane@55243e1b,2022
gcp,us-west4,gcp,asia-east1,135.4,skyplane@55243e1b,2022
gcp,us-west4,gcp,asia-northeast1,102.4,skyplane@55243e1b,2022
gcp,us-west4,gcp,asia-northeast3,134.3,skyplane@55243e1b,2022
gcp,us-west4,gcp,australia-southeast1,143.2,skyplane@55243e1b,2022
gcp,northamerica-northeast1,gcp,southamerica-east1,128.7,skyplane@55243e1b,2022
gcp,northamerica-northeast1,gcp,europe-west1,83.3,skyplane@55243e1b,2022
gcp,northamerica-northeast1,gcp,europe-west2,78.0,skyplane@55243e1b,2022
gcp,northamerica-northeast1,gcp,europe-west3,89.1,skyplane@55243e1b,2022
gcp,northamerica-northeast1,gcp,europe-west4,104.6,skyplane@55243e1b,2022
gcp,northamerica-northeast1,gcp,europe-north1,114.2,skyplane@55243e1b,2022
gcp,northamerica-northeast1,gcp,europe-central2,103.5,skyplane@55243e1b,2022
gcp,northamerica-northeast1,gcp,asia-south1,219.0,skyplane@55243e1b,2022
gcp,northamerica-northeast1,gcp,asia-southeast1,212.6,skyplane@55243e1b,2022
gcp,northamerica-northeast1,gcp,asia-east1,179.6,skyplane@55243e1b,2022
gcp,northamerica-northeast1,gcp,asia-northeast1,150.9,skyplane@55243e1b,2022
gcp,northamerica-northeast1,gcp,asia-northeast3,177.9,skyplane@55243e1b,2022
gcp,northamerica-northeast1,gcp,australia-southeast1,200.2,skyplane@55243e1b,2022
gcp,southamerica-east1,gcp,europe-west1,194.7,skyplane@55243e1b,2022
gcp,southamerica-east1,gcp,europe-west2,190.9,skyplane@55243e1b,2022
gcp,southamerica-east1,gcp,europe-west3,225.0,skyplane@55243e1b,2022
gcp,southamerica-east1,gcp,europe-west4,198.2,skyplane@55243e1b,2022
gcp,southamerica-east1,gcp,europe-north1,217.6,skyplane@55243e1b,2022
gcp,southamerica-east1,gcp,europe-central2,213.6,skyplane@55243e1b,2022
gcp,southamerica-east1,gcp,asia-south1,321.8,skyplane@55243e1b,2022
gcp,southamerica-east1,gcp,asia-southeast1,308.4,skyplane@55243e1b,2022
gcp,southamerica-east1,gcp,asia-east1,286.6,skyplane@55243e1b,2022
gcp,southamerica-east1,gcp,asia-northeast1,261.4,skyplane@55243e1b,2022
gcp,southamerica-east1,gcp,asia-northeast3,288.1,skyplane@55243e1b,2022
gcp,southamerica-east1,gcp,australia-southeast1,271.8,skyplane@55243e1b,2022
gcp,europe-west1,gcp,europe-west2,8.6,skyplane@55243e1b,2022
gcp,europe-west1,gcp,europe-west3,9.0,skyplane@55243e1b,2022
gcp,europe-west1,gcp,europe-west4,8.2,skyplane@55243e1b,2022
gcp,europe-west1,gcp,europe-north1,33.7,skyplane@55243e1b,2022
gcp,europe-west1,gcp,europe-central2,23.2,skyplane@55243e1b,2022
gcp,europe-west1,gcp,asia-south1,138.4,skyplane@55243e1b,2022
gcp,europe-west1,gcp,asia-southeast1,200.3,skyplane@55243e1b,2022
gcp,europe-west1,gcp,asia-east1,210.5,skyplane@55243e1b,2022
gcp,europe-west1,gcp,asia-northeast1,221.4,skyplane@55243e1b,2022
gcp,europe-west1,gcp,asia-northeast3,235.1,skyplane@55243e1b,2022
gcp,europe-west1,gcp,australia-southeast1,267.8,skyplane@55243e1b,2022
gcp,europe-west2,gcp,europe-west3,13.8,skyplane@55243e1b,2022
gcp,europe-west2,gcp,europe-west4,17.3,skyplane@55243e1b,2022
gcp,europe-west2,gcp,europe-north1,40.6,skyplane@55243e1b,2022
gcp,europe-west2,gcp,europe-central2,28.3,skyplane@55243e1b,2022
gcp,europe-west2,gcp,asia-south1,116.6,skyplane@55243e1b,2022
gcp,europe-west2,gcp,asia-southeast1,208.7,skyplane@55243e1b,2022
gcp,europe-west2,gcp,asia-east1,245.1,skyplane@55243e1b,2022
gcp,europe-west2,gcp,asia-northeast1,189.0,skyplane@55243e1b,2022
gcp,europe-west2,gcp,asia-northeast3,243.9,skyplane@55243e1b,2022
gcp,europe-west2,gcp,australia-southeast1,177.2,skyplane@55243e1b,2022
gcp,europe-west3,gcp,europe-west4,8.3,skyplane@55243e1b,2022
gcp,europe-west3,gcp,europe-north1,33.2,skyplane@55243e1b,2022
gcp,europe-west3,gcp,europe-central2,16.5,skyplane@55243e1b,2022
gcp,europe-west3,gcp,asia-south1,135.6,skyplane@55243e1b,2022
gcp,europe-west3,gcp,asia-southeast1,193.4,skyplane@55243e1b,2022
gcp,europe-west3,gcp,asia-east1,250.8,skyplane@55243e1b,2022
gcp,europe-west3,gcp,asia-northeast1,225.8,skyplane@55243e1b,2022
gcp,europe-west3,gcp,asia-northeast3,223.1,skyplane@55243e1b,2022
gcp,europe-west3,gcp,australia-southeast1,273.5,skyplane@55243e1b,2022
gcp,europe-west4,gcp,europe-north1,31.4,skyplane@55243e1b,2022
gcp,europe-west4,gcp,europe-central2,22.5,skyplane@55243e1b,2022
gcp,europe-west4,gcp,asia-south1,129.3,skyplane@55243e1b,2022
gcp,europe-west4,gcp,asia-southeast1,202.0,skyplane@55243e1b,2022
gcp,europe-west4,gcp,asia-east1,252.7,skyplane@55243e1b,2022
gcp,europe-west4,gcp,asia-northeast1,210.2,skyplane@55243e1b,2022
gcp,europe-west4,gcp,asia-northeast3,251.3,skyplane@55243e1b,2022
gcp,europe-west4,gcp,australia-southeast1,270.6,skyplane@55243e1b,2022
gcp,europe-north1,gcp,europe-central2,22.9,skyplane@55243e1b,2022
gcp,europe-north1,gcp,asia-south1,166.8,skyplane@55243e1b,2022
gcp,europe-north1,gcp,asia-southeast1,232.1,skyplane@55243e1b,2022
gcp,europe-north1,gcp,asia-east1,235.6,skyplane@55243e1b,2022
gcp,europe-north1,gcp,asia-northeast1,189.7,skyplane@55243e1b,2022
gcp,europe-north1,gcp,asia-northeast3,276.3,skyplane@55243e1b,2022
gcp,europe-north1,gcp,australia-southeast1,299.5,skyplane@55243e1b,2022
gcp,europe-central2,gcp,asia-south1,153.7,skyplane@55243e1b,2022
gcp,europe-central2,gcp,asia-southeast1,176.8,skyplane@55243e1b,2022
gcp,europe-central2,gcp,asia-east1,251.0,skyplane@55243e1b,2022
gcp,europe-central2,gcp,asia-northeast1,229.0,skyplane@55243e1b,2022
gcp,europe-central2,gcp,asia-northeast3,253.6,skyplane@55243e1b,2022
gcp,europe-central2,gcp,australia-southeast1,255.8,skyplane@55243e1b,2022
gcp,asia-south1,gcp,asia-southeast1,85.1,skyplane@55243e1b,2022
gcp,asia-south1,gcp,asia-east1,126.3,skyplane@55243e1b,2022
gcp,asia-south1,gcp,asia-northeast1,130.7,skyplane@55243e1b,2022
gcp,asia-south1,gcp,asia-northeast3,136.9,skyplane@55243e1b,2022
gcp,asia-south1,gcp,australia-southeast1,137.4,skyplane@55243e1b,2022
gcp,asia-southeast1,gcp,asia-east1,43.6,skyplane@55243e1b,2022
gcp,asia-southeast1,gcp,asia-northeast1,70.5,skyplane@55243e1b,2022
gcp,asia-southeast1,gcp,asia-northeast3,82.3,skyplane@55243e1b,2022
gcp,asia-southeast1,gcp,australia-southeast1,94.2,skyplane@55243e1b,2022
gcp,asia-east1,gcp,asia-northeast1,34.8,skyplane@55243e1b,2022
gcp,asia-east1,gcp,asia-northeast3,48.3,skyplane@55243e1b,2022
gcp,asia-east1,gcp,australia-southeast1,135.3,skyplane@55243e1b,2022
gcp,asia-northeast1,gcp,asia-northeast3,53.8,skyplane@55243e1b,2022
gcp,asia-northeast1,gcp,australia-southeast1,116.9,skyplane@55243e1b,2022
gcp,asia-northeast3,gcp,australia-southeast1,185.9,skyplane@55243e1b,2022
"""# + "\n"),
  ]
}
