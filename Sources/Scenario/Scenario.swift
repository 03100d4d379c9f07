import LabKernel
